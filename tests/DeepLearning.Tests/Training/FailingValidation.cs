namespace DeepLearning.Tests.Training;

/// <summary>Fails when an epoch is validated; may have ended the training in the second epoch before.</summary>
internal sealed class FailingValidation(int epoch, int stopsAt = -1) : Callback
{
    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        if (context.Epoch == 1 && context.Batch == stopsAt) context.Stop();
    }

    public override void OnTestBegin(TrainingContext context)
    {
        if (context.Epoch == epoch) throw new TimeoutException();
    }
}
