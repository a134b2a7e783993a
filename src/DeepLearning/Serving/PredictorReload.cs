namespace DeepLearning;

/// <summary>The result of an attempt to replace the model in service.</summary>
/// <param name="Time">The time of the attempt.</param>
/// <param name="Failure">Why the model was refused; null if it is in service now.</param>
public sealed record PredictorReload(DateTimeOffset Time, Exception? Failure)
{
    /// <summary>Whether the new model is in service.</summary>
    public bool Succeeded => Failure is null;
}
