namespace DeepLearning;

/// <summary>
/// Uniform in ±√(6/fanIn), variance 2/fanIn: the uniform form of <see cref="HeNormal"/>. He et al. 2015; Keras: <c>HeUniform</c>, PyTorch:
/// <c>kaiming_uniform_</c> for ReLU.
/// </summary>
public sealed class HeUniform : Initializer
{
    private static readonly VarianceScaling Scaling = new() { Scale = 2f, Distribution = VarianceScalingDistribution.Uniform };

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => Scaling.Fill(values, shape, random);

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of("HeUniform", static () => new HeUniform());
}
