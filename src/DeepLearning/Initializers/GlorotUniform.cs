namespace DeepLearning;

/// <summary>
/// Uniform in ±√(6 / (fanIn + fanOut)): keeps the variance of activations and gradients even through tanh-like layers. Keras's default for
/// Dense kernels (PyTorch's Linear: ±1/√fanIn). Glorot and Bengio 2010, equation 16.
/// </summary>
public sealed class GlorotUniform : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, RandomStream random)
    {
        (int fanIn, int fanOut) = Fans(shape);
        float limit = MathF.Sqrt(6f / Math.Max(1, fanIn + fanOut));
        random.FillUniform(values, -limit, limit);
    }

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of("GlorotUniform", static () => new GlorotUniform());
}
