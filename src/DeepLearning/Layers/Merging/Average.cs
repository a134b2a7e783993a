namespace DeepLearning;

/// <summary>Element-wise mean of two or more values of the same shape, [batch, …] each. Keras: <c>layers.Average</c>, which broadcasts too.</summary>
public sealed class Average : MergeLayer
{
    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The values have different shapes.</exception>
    public override Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder) => SameShape.Of(inputs, "averages");

    /// <inheritdoc/>
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context)
    {
        Tensor result = inputs[0];
        for (int i = 1; i < inputs.Length; i++) result = result + inputs[i];
        return result / inputs.Length;
    }

    /// <summary>How it appears in files.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Average", static () => new Average());
}
