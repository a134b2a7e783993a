namespace DeepLearning.Tracking.Tests;

/// <summary>A small run with validation: five steps in each epoch.</summary>
internal static class TrackedRun
{
    public const int Steps = 5;

    private static readonly Dataset Data = new(Tensor.RandomNormal([48, 3], seed: 1), Tensor.RandomNormal([48, 1], seed: 2));

    public static Sequential Model() => Sequential.Input(3).Dense(4).Tanh().Dense(1).Build(seed: 3)
        .Compile(new Adam(0.01), new MeanSquaredError(), new MeanAbsoluteError());

    public static History Fit(string? checkpoints, params Callback[] callbacks) => Model().Fit(Data, new FitOptions
    {
        Epochs = 4,
        BatchSize = 8,
        ValidationSplit = 0.2,
        Callbacks = callbacks,
        Checkpoint = checkpoints is null ? null : new CheckpointOptions(checkpoints) { EverySteps = 2 },
    });

    /// <summary>Fails at a step, counted over the processes.</summary>
    public sealed class Failing(long step, bool afterEpoch = false) : Callback
    {
        private long steps;

        public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
        {
            if (++steps == step && !afterEpoch) throw new TimeoutException();
        }

        public override void OnEpochEnd(TrainingContext context, Logs logs)
        {
            if (steps == step && afterEpoch) throw new TimeoutException();
        }

        public override void SaveState(StateWriter state) => state.Write("steps", steps);

        public override void LoadState(StateReader state) => steps = state.ReadInt64("steps");
    }
}
