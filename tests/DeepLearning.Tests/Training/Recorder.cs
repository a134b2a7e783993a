namespace DeepLearning.Tests.Training;

/// <summary>A callback that runs what a test gives it.</summary>
internal sealed class Recorder(Action<TrainingContext>? epoch = null, Action<TrainingContext, Logs>? batch = null) : Callback
{
    public override void OnEpochEnd(TrainingContext context, Logs logs) => epoch?.Invoke(context);

    public override void OnTrainBatchEnd(TrainingContext context, Logs logs) => batch?.Invoke(context, logs);
}
