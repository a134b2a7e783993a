namespace DeepLearning;

/// <summary>
/// Uniform in ±√(3/fanIn), variance 1/fanIn: the uniform form of <see cref="LeCunNormal"/>. LeCun et al. 1998, section 4.6; Keras: <c>LecunUniform</c>.
/// </summary>
public sealed class LeCunUniform : Initializer
{
    private static readonly VarianceScaling Scaling = new() { Distribution = VarianceScalingDistribution.Uniform };

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => Scaling.Fill(values, shape, random);

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of("LeCunUniform", static () => new LeCunUniform());
}
