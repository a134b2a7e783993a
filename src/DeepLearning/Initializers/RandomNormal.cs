namespace DeepLearning;

/// <summary>Normal with mean 0 and σ 0.05, unless told otherwise. Keras: <c>RandomNormal</c> (PyTorch's <c>normal_</c>: σ 1).</summary>
/// <param name="mean">Mean; 0 by default.</param>
/// <param name="standardDeviation">σ ≥ 0; 0.05 by default.</param>
public sealed class RandomNormal(double mean = 0, double standardDeviation = 0.05) : Initializer
{
    private readonly float mean = (float)Setting.Finite(mean, nameof(mean));
    private readonly float standardDeviation = (float)Setting.NotNegative(standardDeviation, nameof(standardDeviation));

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => random.FillNormal(values, mean, standardDeviation);
}
