namespace DeepLearning;

/// <summary>
/// One stage of a model: it declares its parameters and its output shape, and computes its output. A layer is a description without state, so the same object
/// may be used in several models; the values of its parameters live in the model.
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
    /// <summary>The kind of layer shown in a summary: the class name unless overridden.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>The meaning of its output values; any numbers by default. Losses, metrics and classifiers use it if the layer is the last of a model.</summary>
    public virtual OutputMeaning OutputMeaning => OutputMeaning.Values;

    /// <summary>What the layer does with tensors of indices.</summary>
    internal virtual IndexUse IndexUse => IndexUse.None;

    /// <summary>The number of indices that it takes, from 0 on; null for any.</summary>
    internal virtual int? IndexCount => null;

    /// <summary>Whether its result depends on <see cref="LayerContext.Random"/> where <see cref="LayerContext.Stochastic"/> is true.</summary>
    internal virtual bool IsRandom => false;

    /// <summary>Declares the parameters and returns the output shape. By default: no parameters, and the input's shape.</summary>
    /// <param name="input">The shape of one sample, without the batch.</param>
    /// <param name="builder">Receives the parameters.</param>
    /// <returns>The shape of one sample of the result, without the batch.</returns>
    /// <exception cref="ShapeMismatchException">The layer cannot take this input.</exception>
    public virtual Shape Build(Shape input, LayerBuilder builder) => input;

    /// <summary>Computes the output for a batch.</summary>
    /// <param name="x">[batch, …input].</param>
    /// <param name="context">The parameters' values, whether this is training, and random numbers.</param>
    /// <returns>[batch, …output].</returns>
    public abstract Tensor Forward(Tensor x, LayerContext context);

    /// <summary>
    /// Like <see cref="Build(Shape, LayerBuilder)"/>, for a layer that takes several values: see <see cref="MergeLayer"/>. By default only one value is
    /// accepted.
    /// </summary>
    /// <param name="inputs">The shape of one sample of each value, without the batch.</param>
    /// <param name="builder">Receives the parameters.</param>
    /// <returns>The shape of one sample of the result, without the batch.</returns>
    /// <exception cref="ShapeMismatchException">The layer cannot take these inputs.</exception>
    public virtual Shape Build(IReadOnlyList<Shape> inputs, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Count == 1 ? Build(inputs[0], builder) : throw new ShapeMismatchException($"takes one value, got {inputs.Count}");
    }

    /// <summary>Like <see cref="Forward(Tensor, LayerContext)"/>, for a layer that takes several values.</summary>
    /// <param name="inputs">Each [batch, …input].</param>
    /// <param name="context">The parameters' values, whether this is training, and random numbers.</param>
    /// <returns>[batch, …output].</returns>
    public virtual Tensor Forward(ReadOnlySpan<Tensor> inputs, LayerContext context) => Forward(inputs[0], context);

    /// <summary>The call that creates it: <c>Dense(128)</c>.</summary>
    public override string ToString() => $"{Kind}()";
}
