namespace DeepLearning.Tests.Contracts;

/// <summary>Every public callback; <see cref="CallbackContractTests"/> runs one suite over all rows.</summary>
public static class CallbackContract
{
    public static IReadOnlyList<CallbackRow> Rows { get; } =
    [
        new("EarlyStopping", () => new EarlyStopping { Patience = 1 }),
        new("ModelCheckpoint", () => new ModelCheckpoint(Path.Combine(AppContext.BaseDirectory, "model-checkpoint.safetensors"))),
        new("EarlyStopping that restores", () => new EarlyStopping { Monitor = "loss", RestoreBestWeights = true }),
        new("ReduceLearningRateOnPlateau", () => new ReduceLearningRateOnPlateau { Patience = 1, MinDelta = 100 }),
        new("LearningRateScheduler", () => new LearningRateScheduler(epoch => 0.1 / (1 + epoch))),
        new("CsvLogger", () => new CsvLogger(Path.Combine(AppContext.BaseDirectory, "csv-logger.csv"))),
        new("LambdaCallback", () => new LambdaCallback(onEpochEnd: (context, _) => context.Optimizer.LearningRate = 0.1 / (1 + context.Epoch))),
        new("TimeBudget", () => new TimeBudget(TimeSpan.FromDays(1))),
        new("TimeBudget that is used up", () => new TimeBudget(TimeSpan.FromTicks(1))),
        new("StopFile", () => new StopFile(Path.Combine(AppContext.BaseDirectory, "stop"))),
        new("TrainingPause", () => new TrainingPause()),
    ];
}
