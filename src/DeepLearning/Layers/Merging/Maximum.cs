namespace DeepLearning;

/// <summary>Element-wise maximum of two or more values of one shape, [batch, …]; NaN if any is. Keras: <c>layers.Maximum</c>, which broadcasts too.</summary>
public sealed class Maximum : MergeLayer
{
    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The values have different shapes.</exception>
    public override Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder) => SameShape.Of(inputs, "compares");

    /// <inheritdoc/>
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context)
    {
        Tensor result = inputs[0];
        for (int i = 1; i < inputs.Length; i++) result = Tensor.Maximum(result, inputs[i]);
        return result;
    }

    /// <summary>How it appears in files.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Maximum", static () => new Maximum());
}
