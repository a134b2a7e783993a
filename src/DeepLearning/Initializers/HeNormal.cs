namespace DeepLearning;

/// <summary>
/// Truncated normal with variance 2/fanIn: keeps the variance of activations through rectified layers. He et al. 2015, equation 10; Keras:
/// <c>HeNormal</c> (PyTorch's <c>kaiming_normal_</c> is not truncated).
/// </summary>
public sealed class HeNormal : Initializer
{
    private static readonly VarianceScaling Scaling = new() { Scale = 2f };

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => Scaling.Fill(values, shape, random);

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of("HeNormal", static () => new HeNormal());
}
