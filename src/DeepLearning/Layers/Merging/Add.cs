namespace DeepLearning;

/// <summary>The sum of two or more values of the same shape, [batch, …] each. Keras: <c>layers.Add</c>, which broadcasts too.</summary>
public sealed class Add : MergeLayer
{
    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The values have different shapes.</exception>
    public override Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (Shape input in inputs)
            if (input != inputs[0]) throw new ShapeMismatchException("adds values of one shape");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context)
    {
        Tensor sum = inputs[0];
        for (int i = 1; i < inputs.Length; i++) sum += inputs[i];
        return sum;
    }

    /// <summary>How it appears in files.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Add", static () => new Add());
}
