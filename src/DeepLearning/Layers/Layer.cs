namespace DeepLearning;

/// <summary>
/// One stage of a model: what parameters it has, which shape it makes of which, and how it computes. A layer is a description without state,
/// so the same object may stand in several models; the values of its parameters live in the model.
/// </summary>
/// <example>
/// A custom layer, used as <c>.Add(new Scale())</c>:
/// <code>
/// public sealed class Scale : Layer
/// {
///     public override Shape Build(Shape input, LayerBuilder builder)
///     {
///         builder.AddParameter("gamma", input, Constant.Ones);
///         return input;
///     }
///
///     public override Tensor Forward(Tensor x, LayerContext context) => x * context["gamma"];
/// }
/// </code>
/// </example>
public abstract class Layer
{
    /// <summary>The kind of layer, as it stands in a summary: the class's name unless overridden.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>What the values that it makes are; any numbers by default. Where a model ends with the layer, losses, metrics and classifiers ask for it.</summary>
    public virtual OutputMeaning OutputMeaning => OutputMeaning.Values;

    /// <summary>Declares the parameters and says what comes out. By default: none, and the input's shape.</summary>
    /// <param name="input">The shape of one sample, without the batch.</param>
    /// <param name="builder">Takes the parameters.</param>
    /// <returns>The shape of one sample of the result, without the batch.</returns>
    /// <exception cref="ShapeMismatchException">The layer cannot take this input.</exception>
    public virtual Shape Build(Shape input, LayerBuilder builder) => input;

    /// <summary>Computes the result of a batch.</summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="context">The parameters' values, whether this is training, and random numbers.</param>
    /// <returns>[batch, …output].</returns>
    public abstract Tensor Forward(Tensor x, LayerContext context);

    /// <summary>
    /// As <see cref="Build(Shape, LayerBuilder)"/>, for a layer that takes several values: see <see cref="MergeLayer"/>. By default one value alone is taken.
    /// </summary>
    /// <param name="inputs">The shape of one sample of each value, without the batch.</param>
    /// <param name="builder">Takes the parameters.</param>
    /// <returns>The shape of one sample of the result, without the batch.</returns>
    /// <exception cref="ShapeMismatchException">The layer cannot take these inputs.</exception>
    public virtual Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Count == 1 ? Build(inputs[0], builder) : throw new ShapeMismatchException($"takes one value, got {inputs.Count}");
    }

    /// <summary>As <see cref="Forward(Tensor, LayerContext)"/>, for a layer that takes several values.</summary>
    /// <param name="inputs">Each [batch, …input].</param>
    /// <param name="context">The parameters' values, whether this is training, and random numbers.</param>
    /// <returns>[batch, …output].</returns>
    public virtual Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context) => Forward(inputs[0], context);

    /// <summary>As the call that makes it reads: <c>Dense(128)</c>.</summary>
    public override string ToString() => $"{Kind}()";
}
