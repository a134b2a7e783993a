namespace DeepLearning;

/// <summary>
/// Truncated normal with variance 2/(fanIn + fanOut): the normal form of <see cref="GlorotUniform"/>. Glorot and Bengio 2010; Keras: <c>GlorotNormal</c>
/// (PyTorch's <c>xavier_normal_</c> is not truncated).
/// </summary>
public sealed class GlorotNormal : Initializer
{
    private static readonly VarianceScaling Scaling = new() { Mode = FanMode.FanAverage };

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random) => Scaling.Fill(values, shape, random);

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of("GlorotNormal", static () => new GlorotNormal());
}
