using Microsoft.Extensions.Logging;

namespace DeepLearning;

/// <summary>Log messages of a served model.</summary>
internal static partial class PredictorLog
{
    [LoggerMessage(1, LogLevel.Information, "Predictor {Name} serves {Model} from {Path}")]
    public static partial void Serves(ILogger logger, string name, Predictor model, string path);

    [LoggerMessage(2, LogLevel.Error, "Predictor {Name} keeps its model: the new file at {Path} was refused")]
    public static partial void Refused(ILogger logger, Exception failure, string name, string path);
}
