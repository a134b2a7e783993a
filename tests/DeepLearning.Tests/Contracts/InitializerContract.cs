namespace DeepLearning.Tests.Contracts;

/// <summary>Every public initializer, on a kernel of 200 inputs and 300 units; <see cref="InitializerContractTests"/> runs one suite over all rows.</summary>
public static class InitializerContract
{
    /// <summary>The variance of a standard normal cut at ±2, and where the cut is once it is widened to variance 1.</summary>
    private const double VarianceWithinCut = 0.7737413, WidenedCut = 2 / 0.87962566;

    public static IReadOnlyList<InitializerRow> Rows { get; } =
    [
        new("Constant", new Constant(0.5f), 0.5, 0, 0),
        new("Zeros", Constant.Zeros, 0, 0, 0),
        new("Ones", Constant.Ones, 1, 0, 0),
        new("RandomNormal", new RandomNormal(), 0, 0.05 * 0.05),
        new("RandomNormal elsewhere", new RandomNormal(2f, 0.5f), 2, 0.25),
        Uniform("RandomUniform", new RandomUniform(), 0.05),
        new("RandomUniform elsewhere", new RandomUniform(1f, 3f), 2, 4 / 12.0, 1),
        new("TruncatedNormal", new TruncatedNormal(), 0, 0.05 * 0.05 * VarianceWithinCut, 0.1),
        new("TruncatedNormal elsewhere", new TruncatedNormal(-1f, 2f), -1, 4 * VarianceWithinCut, 4),
        Uniform("GlorotUniform", new GlorotUniform(), Math.Sqrt(6.0 / 500)),
        Truncated("GlorotNormal", new GlorotNormal(), 2.0 / 500),
        Truncated("HeNormal", new HeNormal(), 2.0 / 200),
        Uniform("HeUniform", new HeUniform(), Math.Sqrt(6.0 / 200)),
        Truncated("LeCunNormal", new LeCunNormal(), 1.0 / 200),
        Uniform("LeCunUniform", new LeCunUniform(), Math.Sqrt(3.0 / 200)),
        Truncated("VarianceScaling", new VarianceScaling(), 1.0 / 200),
        Truncated("VarianceScaling by outputs", new VarianceScaling { Scale = 3f, Mode = FanMode.FanOut }, 3.0 / 300),
        new("VarianceScaling uncut", new VarianceScaling { Distribution = VarianceScalingDistribution.Normal }, 0, 1.0 / 200),
        Uniform("VarianceScaling uniform", new VarianceScaling { Mode = FanMode.FanAverage, Distribution = VarianceScalingDistribution.Uniform }, Math.Sqrt(3.0 / 250)),
        new("Orthogonal", new Orthogonal(), 0, 1.0 / 300, 1),
        new("Orthogonal with gain", new Orthogonal(2f), 0, 4.0 / 300, 2),
    ];

    private static InitializerRow Uniform(string name, Initializer initializer, double limit) => new(name, initializer, 0, limit * limit / 3, limit);

    private static InitializerRow Truncated(string name, Initializer initializer, double variance)
        => new(name, initializer, 0, variance, WidenedCut * Math.Sqrt(variance));
}
