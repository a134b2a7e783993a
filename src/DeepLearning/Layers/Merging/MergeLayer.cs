namespace DeepLearning;

/// <summary>
/// A layer that merges two or more values into one, in a graph: <c>Node.Merge(layer, a, b)</c>. A custom one overrides the two methods that take several
/// values.
/// </summary>
public abstract class MergeLayer : Layer
{
    /// <summary>Refuses a single value.</summary>
    /// <param name="input">The shape of one sample, without the batch.</param>
    /// <param name="builder">Receives the parameters.</param>
    /// <exception cref="ShapeMismatchException">Always.</exception>
    public sealed override Shape Build(Shape input, LayerBuilder builder)
        => throw new ShapeMismatchException($"merges two or more values, got one: use Node.Merge, or Parallel in a chain");

    /// <summary>Refuses a single value.</summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="context">The parameters' values, whether this is training, and random numbers.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public sealed override Tensor Forward(Tensor x, LayerContext context)
        => throw new InvalidOperationException($"{this} merges two or more values, got one.");

    /// <inheritdoc/>
    public abstract override Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder);

    /// <inheritdoc/>
    public abstract override Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context);
}
