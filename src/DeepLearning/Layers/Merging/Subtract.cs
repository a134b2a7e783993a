namespace DeepLearning;

/// <summary>The first of two values of the same shape, [batch, …], minus the second. Keras: <c>layers.Subtract</c>, which broadcasts too.</summary>
public sealed class Subtract : MergeLayer
{
    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The values have different shapes, or there are not exactly two.</exception>
    public override Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder)
        => inputs is { Count: 2 } ? SameShape.Of(inputs, "subtracts") : throw new ShapeMismatchException($"subtracts one value from one, got {inputs?.Count ?? 0}");

    /// <inheritdoc/>
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context) => inputs[0] - inputs[1];

    /// <summary>How it appears in files.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Subtract", static () => new Subtract());
}
