namespace DeepLearning;

/// <summary>What <c>FitAsync</c> reports after each epoch.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Epochs">The epochs asked for.</param>
/// <param name="Figures">Every figure of the epoch, a copy.</param>
public sealed record EpochProgress(int Epoch, int Epochs, IReadOnlyDictionary<string, float> Figures);
