namespace DeepLearning;

/// <summary>Normal with mean 0 and σ 0.05, by default. Keras: <c>RandomNormal</c> (PyTorch's <c>normal_</c>: σ 1).</summary>
/// <param name="mean">Mean; 0 by default.</param>
/// <param name="standardDeviation">σ ≥ 0; 0.05 by default.</param>
public sealed class RandomNormal(double mean = 0, double standardDeviation = 0.05) : Initializer
{
    /// <summary>Mean; 0 by default.</summary>
    public double Mean { get; init => field = Setting.Finite(value); } = Setting.Finite(mean, nameof(mean));

    /// <summary>σ ≥ 0; 0.05 by default.</summary>
    public double StandardDeviation { get; init => field = Setting.NotNegative(value); } = Setting.NotNegative(standardDeviation, nameof(standardDeviation));

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => random.FillNormal(values, (float)Mean, (float)StandardDeviation);

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<RandomNormal>(
        "RandomNormal", static (n, s) => s.Set("mean", n.Mean).Set("standard_deviation", n.StandardDeviation),
        static s => new(s.GetDouble("mean"), s.GetDouble("standard_deviation")));
}
