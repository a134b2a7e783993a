namespace DeepLearning;

/// <summary>
/// The kinds of layers that a file may name, and how each is written and read. Nothing else is ever created from a file: no type names, no code.
/// Custom layers are added with <see cref="With{TLayer}"/>, custom regularizers, constraints and initializers with
/// <see cref="WithRegularizer{TRegularizer}"/>, <see cref="WithConstraint{TConstraint}"/> and <see cref="WithInitializer{TInitializer}"/>; the object is
/// immutable, and passed to <c>Save</c> and <c>Load</c>.
/// </summary>
/// <example>
/// <code>
/// LayerKinds kinds = LayerKinds.BuiltIn.With(
///     "Gain", (Gain layer, Settings settings) => settings.Set("factor", layer.Factor), settings => new Gain(settings.GetSingle("factor")));
/// model.Save("m.safetensors", kinds);
/// Sequential same = Sequential.Load("m.safetensors", kinds);
/// </code>
/// </example>
public sealed class LayerKinds
{
    private readonly IReadOnlyList<LayerKind> kinds;

    private LayerKinds(IReadOnlyList<LayerKind> kinds, PartKinds parts) => (this.kinds, Parts) = (kinds, parts);

    /// <summary>Every layer, regularizer, constraint and initializer of this library.</summary>
    public static LayerKinds BuiltIn { get; } = new(
    [
        Dense.Definition,
        Dropout.Definition,
        Embedding.Definition,
        Flatten.Definition,
        Reshape.Definition,
        Normalization.Definition,
        BatchNormalization.Definition,
        GroupNormalization.Definition,
        LayerNormalization.Definition,
        RmsNormalization.Definition,
        PRelu.Definition,
        Rescaling.Definition,
        ActivityRegularization.Definition,
        CategoryEncoding.Definition,
        Discretization.Definition,
        Hashing.Definition,
        AlphaDropout.Definition,
        GaussianDropout.Definition,
        GaussianNoise.Definition,
        StochasticDepth.Definition,
        Add.Definition,
        Average.Definition,
        Concatenate.Definition,
        Dot.Definition,
        Maximum.Definition,
        Minimum.Definition,
        Multiply.Definition,
        Subtract.Definition,
        Elu.Definition,
        Exponential.Definition,
        Gelu.Definition,
        Glu.Definition,
        HardSigmoid.Definition,
        HardSwish.Definition,
        LeakyRelu.Definition,
        LogSoftmax.Definition,
        Mish.Definition,
        Relu.Definition,
        Selu.Definition,
        Sigmoid.Definition,
        Silu.Definition,
        Softmax.Definition,
        Softplus.Definition,
        Softsign.Definition,
        Tanh.Definition,
    ], PartKinds.BuiltIn);

    /// <summary>The names of layers that files may use.</summary>
    public IEnumerable<string> Names => kinds.Select(k => k.Name);

    /// <summary>These kinds and one more.</summary>
    /// <typeparam name="TLayer">The layer's class.</typeparam>
    /// <param name="name">Its name in files; never change it, even if the class is renamed.</param>
    /// <param name="write">Writes what the constructor needs.</param>
    /// <param name="read">Recreates the layer.</param>
    /// <exception cref="ArgumentException">The name is empty, taken or not valid Unicode, or the class has one already.</exception>
    public LayerKinds With<TLayer>(string name, Action<TLayer, Settings> write, Func<Settings, TLayer> read) where TLayer : Layer
    {
        PartKinds.RequireNew<TLayer>("layer", name, write, read, [.. kinds.Select(k => (k.Name, k.Type))]);
        return new LayerKinds([.. kinds, LayerKind.Of(name, write, read)], Parts);
    }

    /// <summary>
    /// These kinds and one of a custom regularizer. A model whose kinds lack it is saved and loaded all the same, and predicts; what needs the penalty then
    /// throws an <see cref="InvalidOperationException"/> that says so.
    /// </summary>
    /// <typeparam name="TRegularizer">The regularizer's class.</typeparam>
    /// <param name="name">Its name in files; never change it, even if the class is renamed.</param>
    /// <param name="write">Writes what the constructor needs.</param>
    /// <param name="read">Recreates the regularizer.</param>
    /// <exception cref="ArgumentException">The name is empty, taken or not valid Unicode, or the class has one already.</exception>
    public LayerKinds WithRegularizer<TRegularizer>(string name, Action<TRegularizer, Settings> write, Func<Settings, TRegularizer> read)
        where TRegularizer : Regularizer => new(kinds, Parts.With(name, write, read));

    /// <summary>
    /// These kinds and one of a custom constraint. A model whose kinds lack it is saved and loaded all the same, predicts and is evaluated; what would train it
    /// then throws an <see cref="InvalidOperationException"/> that says so.
    /// </summary>
    /// <typeparam name="TConstraint">The constraint's class.</typeparam>
    /// <param name="name">Its name in files; never change it, even if the class is renamed.</param>
    /// <param name="write">Writes what the constructor needs.</param>
    /// <param name="read">Recreates the constraint.</param>
    /// <exception cref="ArgumentException">The name is empty, taken or not valid Unicode, or the class has one already.</exception>
    public LayerKinds WithConstraint<TConstraint>(string name, Action<TConstraint, Settings> write, Func<Settings, TConstraint> read)
        where TConstraint : Constraint => new(kinds, Parts.With(name, write, read));

    /// <summary>
    /// These kinds and one of a custom initializer. A model whose kinds lack it is saved and loaded all the same, with its values; what would initialize the
    /// layer again, in a new model, then throws an <see cref="InvalidOperationException"/> that says so.
    /// </summary>
    /// <typeparam name="TInitializer">The initializer's class.</typeparam>
    /// <param name="name">Its name in files; never change it, even if the class is renamed.</param>
    /// <param name="write">Writes what the constructor needs.</param>
    /// <param name="read">Recreates the initializer.</param>
    /// <exception cref="ArgumentException">The name is empty, taken or not valid Unicode, or the class has one already.</exception>
    public LayerKinds WithInitializer<TInitializer>(string name, Action<TInitializer, Settings> write, Func<Settings, TInitializer> read)
        where TInitializer : Initializer => new(kinds, Parts.With(name, write, read));

    /// <summary>The kinds of what a layer has beside its numbers: regularizers, constraints, initializers.</summary>
    internal PartKinds Parts { get; }

    /// <summary>The kind of a layer, or null.</summary>
    internal LayerKind? Of(Layer layer) => kinds.FirstOrDefault(k => k.Type == layer.GetType());

    /// <summary>The kind of this name, or null.</summary>
    internal LayerKind? Find(string name) => kinds.FirstOrDefault(k => k.Name == name);

    /// <summary>
    /// A layer with its settings; for an unknown kind, its <c>ToString()</c>. Without regularizers and constraints, which a run's description has with the
    /// parameters that they are of, and without initializers, which a run that has begun does not need.
    /// </summary>
    internal string Describe(Layer layer)
    {
        if (Of(layer) is not { } kind) return layer.ToString();
        Settings settings = Written(kind, layer).WithoutNested();
        return settings.IsEmpty ? kind.Name : $"{kind.Name} {settings}";
    }

    /// <summary>All settings of a layer of this kind.</summary>
    internal Settings Written(LayerKind kind, Layer layer)
    {
        var settings = new Settings { Kinds = Parts };
        kind.Write(layer, settings);
        return settings;
    }
}
