namespace DeepLearning.Tests.Training;

/// <summary>A callback that runs what a test gives it.</summary>
internal sealed class Recorder(
    Action<TrainingContext>? epoch = null, Action<TrainingContext, Logs>? batch = null, Action<TrainingContext>? epochBegin = null) : Callback
{
    public override void OnEpochBegin(TrainingContext context) => epochBegin?.Invoke(context);

    public override void OnEpochEnd(TrainingContext context, Logs logs) => epoch?.Invoke(context);

    public override void OnTrainBatchEnd(TrainingContext context, Logs logs) => batch?.Invoke(context, logs);
}
