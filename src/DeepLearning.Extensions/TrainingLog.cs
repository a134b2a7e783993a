using Microsoft.Extensions.Logging;

namespace DeepLearning;

/// <summary>Log messages of a training run.</summary>
internal static partial class TrainingLog
{
    [LoggerMessage(11, LogLevel.Information, "Training begins: {Epochs} epochs, {Parameters} parameters, {Optimizer}")]
    public static partial void Begins(ILogger logger, int epochs, long parameters, string optimizer);

    [LoggerMessage(12, LogLevel.Information, "Epoch {Epoch}/{Epochs}: {Figures}; {Seconds:0.0} s, learning rate {LearningRate}")]
    public static partial void Epoch(ILogger logger, int epoch, int epochs, string figures, double seconds, float learningRate);

    [LoggerMessage(13, LogLevel.Debug, "Epoch {Epoch}/{Epochs}, step {Step}: {Figures}")]
    public static partial void Step(ILogger logger, int epoch, int epochs, int step, string figures);

    [LoggerMessage(14, LogLevel.Information, "Training ends after {Seconds:0.0} s, in epoch {Epoch}/{Epochs}")]
    public static partial void Ends(ILogger logger, double seconds, int epoch, int epochs);

    [LoggerMessage(15, LogLevel.Warning, "Training was cancelled in epoch {Epoch}/{Epochs}")]
    public static partial void Canceled(ILogger logger, int epoch, int epochs);

    [LoggerMessage(16, LogLevel.Error, "Training failed in epoch {Epoch}/{Epochs}")]
    public static partial void Failed(ILogger logger, Exception failure, int epoch, int epochs);
}
