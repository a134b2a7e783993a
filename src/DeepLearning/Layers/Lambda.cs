namespace DeepLearning;

/// <summary>
/// A function of tensors as a layer, without parameters: <c>new Lambda("square", x => x.Square())</c>. It computes with operations on tensors, so that
/// gradients flow, and treats every sample alike: [batch, …input] gives [batch, …output]. A file cannot hold a function: a model that has one is saved and loaded with
/// <see cref="LayerKinds.With{TLayer}"/>, which finds it by its name. What has parameters or draws random numbers is a <see cref="Layer"/> of its own. Keras:
/// <c>layers.Lambda</c>.
/// </summary>
/// <example>
/// <code>
/// LayerKinds kinds = LayerKinds.BuiltIn.With(
///     "Lambda", (Lambda lambda, Settings settings) => settings.Set("name", lambda.Name),
///     settings => settings.GetString("name") switch { "square" => new Lambda("square", x => x.Square()), var other => throw new FormatException(other) });
/// model.Save("m.safetensors", kinds);
/// </code>
/// </example>
public sealed class Lambda : Layer
{
    private readonly Func<Tensor, Tensor> function;
    private readonly Func<Shape, Shape>? outputShape;

    /// <summary>A layer that computes this function.</summary>
    /// <param name="name">Its name in summaries, and for files.</param>
    /// <param name="function">Of a batch, [batch, …input], to [batch, …output]; the same in training and inference, and without state.</param>
    /// <param name="outputShape">
    /// The shape of a sample of the result for that of a sample of the input, both without the batch; the same shape by default.
    /// </param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Lambda(string name, Func<Tensor, Tensor> function, Func<Shape, Shape>? outputShape = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        (Name, this.function, this.outputShape) = (name, function, outputShape);
    }

    /// <summary>Its name in summaries, and for files.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder) => outputShape is null ? input : outputShape(input);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        return function(x);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Lambda({Name})";
}
