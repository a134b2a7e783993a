using MathNet.Numerics.Distributions;

namespace DeepLearning;

/// <summary>
/// Normal with mean 0 and σ 0.05, by default, truncated at 2σ from the mean (so the remaining deviation is 0.8796·σ).
/// Uses the inverse of the distribution function: a number depends only on its position. Keras: <c>TruncatedNormal</c> (PyTorch's <c>trunc_normal_</c>: σ 1,
/// cut at ±2 whatever σ is).
/// </summary>
/// <param name="mean">Mean; 0 by default.</param>
/// <param name="standardDeviation">σ ≥ 0 before the cut; 0.05 by default.</param>
public sealed class TruncatedNormal(double mean = 0, double standardDeviation = 0.05) : Initializer
{
    /// <summary>Where the distribution is truncated, in σ.</summary>
    private const double Cut = 2;

    private static readonly double BelowCut = Normal.CDF(0, 1, -Cut);

    /// <summary>Mean; 0 by default.</summary>
    public double Mean { get; init => field = Setting.Finite(value); } = Setting.Finite(mean, nameof(mean));

    /// <summary>σ ≥ 0 before the cut; 0.05 by default.</summary>
    public double StandardDeviation { get; init => field = Setting.NotNegative(value); } = Setting.NotNegative(standardDeviation, nameof(standardDeviation));

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => Fill(values, random, (float)Mean, (float)StandardDeviation);

    /// <summary>Fills with mean + σ·Φ⁻¹(u), u uniform between Φ(−2) and Φ(2).</summary>
    internal static void Fill(Span<float> values, RandomStream random, double mean, double standardDeviation)
    {
        random.FillUniform(values);
        foreach (ref float value in values)
        {
            double z = Normal.InvCDF(0, 1, BelowCut + value * (1 - 2 * BelowCut));
            value = (float)(mean + standardDeviation * Math.Clamp(z, -Cut, Cut));
        }
    }

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<TruncatedNormal>(
        "TruncatedNormal", static (n, s) => s.Set("mean", n.Mean).Set("standard_deviation", n.StandardDeviation),
        static s => new(s.GetDouble("mean"), s.GetDouble("standard_deviation")));
}
