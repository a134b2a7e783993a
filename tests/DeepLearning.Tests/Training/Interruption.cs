namespace DeepLearning.Tests.Training;

/// <summary>Ends a run after so many steps of it, counted over all of its processes: by an exception, or by cancelling it there or after the epoch.</summary>
internal sealed class Interruption(long step, CancellationTokenSource? cancels = null, bool afterEpoch = false) : Callback
{
    private long steps;

    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        if (++steps == step && !afterEpoch) Interrupt();
    }

    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        if (steps == step && afterEpoch) Interrupt();
    }

    public override void SaveState(StateWriter state) => state.Write("steps", steps);

    public override void LoadState(StateReader state) => steps = state.ReadInt64("steps");

    private void Interrupt()
    {
        if (cancels is null) throw new TimeoutException();
        cancels.Cancel();
    }
}
