namespace DeepLearning;

/// <summary>
/// Variance scale/n, n from the kernel's shape: truncated normal with σ = √(scale/n)/0.87962566, cut at 2σ, or normal with σ = √(scale/n), or uniform in
/// ±√(3·scale/n). Glorot, He and LeCun are instances of it. Keras: <c>VarianceScaling</c>.
/// </summary>
/// <param name="scale">The variance times n, > 0; 1 by default.</param>
/// <param name="mode">What n counts; inputs by default.</param>
/// <param name="distribution">The distribution; truncated normal by default.</param>
public sealed class VarianceScaling(
    double scale = 1, FanMode mode = FanMode.FanIn, VarianceScalingDistribution distribution = VarianceScalingDistribution.TruncatedNormal) : Initializer
{
    /// <summary>The deviation of a standard normal truncated at ±2.</summary>
    private const double DeviationWithinCut = 0.87962566103423978;

    /// <summary>The variance times n, > 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Scale { get; init => field = Setting.Positive(value); } = Setting.Positive(scale, nameof(scale));

    /// <summary>What n counts; inputs by default.</summary>
    public FanMode Mode { get; init; } = mode;

    /// <summary>The distribution; truncated normal by default.</summary>
    public VarianceScalingDistribution Distribution { get; init; } = distribution;

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random)
    {
        (int fanIn, int fanOut) = Fans(shape);
        double n = Mode switch { FanMode.FanIn => fanIn, FanMode.FanOut => fanOut, _ => ((double)fanIn + fanOut) / 2 };
        double variance = (float)Scale / Math.Max(1, n);
        float limit = (float)Math.Sqrt(3 * variance);
        if (Distribution == VarianceScalingDistribution.Uniform) random.FillUniform(values, -limit, limit);
        else if (Distribution == VarianceScalingDistribution.Normal) random.FillNormal(values, 0f, (float)Math.Sqrt(variance));
        else TruncatedNormal.Fill(values, random, 0, Math.Sqrt(variance) / DeviationWithinCut);
    }

    private static string NameOf(FanMode mode) => mode switch { FanMode.FanIn => "fan_in", FanMode.FanOut => "fan_out", _ => "fan_avg" };

    private static string NameOf(VarianceScalingDistribution distribution) => distribution switch
    {
        VarianceScalingDistribution.Uniform => "uniform",
        VarianceScalingDistribution.Normal => "untruncated_normal",
        _ => "truncated_normal",
    };

    private static FanMode ModeOf(string name) => name switch
    {
        "fan_in" => FanMode.FanIn,
        "fan_out" => FanMode.FanOut,
        "fan_avg" => FanMode.FanAverage,
        _ => throw new FormatException($"expected fan_in, fan_out or fan_avg for the setting mode, got {name}"),
    };

    private static VarianceScalingDistribution DistributionOf(string name) => name switch
    {
        "uniform" => VarianceScalingDistribution.Uniform,
        "untruncated_normal" => VarianceScalingDistribution.Normal,
        "truncated_normal" => VarianceScalingDistribution.TruncatedNormal,
        _ => throw new FormatException($"expected uniform, untruncated_normal or truncated_normal for the setting distribution, got {name}"),
    };

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<VarianceScaling>(
        "VarianceScaling", static (v, s) => s.Set("scale", v.Scale).Set("mode", NameOf(v.Mode)).Set("distribution", NameOf(v.Distribution)),
        static s => new(s.GetDouble("scale"), ModeOf(s.GetString("mode")), DistributionOf(s.GetString("distribution"))));
}

/// <summary>What <see cref="VarianceScaling"/> divides by.</summary>
public enum FanMode
{
    /// <summary>Inputs of one output.</summary>
    FanIn,

    /// <summary>Outputs of one input.</summary>
    FanOut,

    /// <summary>The mean of both.</summary>
    FanAverage,
}

/// <summary>How <see cref="VarianceScaling"/> spreads its values.</summary>
public enum VarianceScalingDistribution
{
    /// <summary>Normal truncated at 2σ, widened to the desired variance.</summary>
    TruncatedNormal,

    /// <summary>Normal, not truncated.</summary>
    Normal,

    /// <summary>Uniform.</summary>
    Uniform,
}
