namespace DeepLearning;

/// <summary>Normal with mean 0 and σ 0.05, unless told otherwise. Keras: <c>RandomNormal</c> (PyTorch's <c>normal_</c>: σ 1).</summary>
/// <param name="mean">Mean; 0 by default.</param>
/// <param name="standardDeviation">σ ≥ 0; 0.05 by default.</param>
public sealed class RandomNormal(float mean = 0f, float standardDeviation = 0.05f) : Initializer
{
    private readonly float mean = RequireFinite(mean), standardDeviation = RequireNotNegative(standardDeviation);

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => random.FillNormal(values, mean, standardDeviation);
}
