namespace DeepLearning;

/// <summary>
/// The kinds of layers that a file may name, and how each is written and read. Nothing else is ever created from a file: no type names, no code.
/// Custom layers are added by <see cref="With{TLayer}"/>; the value is immutable, and given to <c>Save</c> and <c>Load</c>.
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

    private LayerKinds(IReadOnlyList<LayerKind> kinds) => this.kinds = kinds;

    /// <summary>
    /// Every layer of this library. Initializers are not saved: a loaded layer has the default ones, which matters only for new models built from it.
    /// </summary>
    public static LayerKinds BuiltIn { get; } = new(
    [
        Dense.Definition,
        Dropout.Definition,
        Flatten.Definition,
        Reshape.Definition,
        Normalization.Definition,
        BatchNormalization.Definition,
        GroupNormalization.Definition,
        LayerNormalization.Definition,
        RmsNormalization.Definition,
        PRelu.Definition,
        AlphaDropout.Definition,
        GaussianDropout.Definition,
        GaussianNoise.Definition,
        Add.Definition,
        Average.Definition,
        Concatenate.Definition,
        Maximum.Definition,
        Minimum.Definition,
        Multiply.Definition,
        Subtract.Definition,
        Elu.Definition,
        Exponential.Definition,
        Gelu.Definition,
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
    ]);

    /// <summary>The names that files may use.</summary>
    public IEnumerable<string> Names => kinds.Select(k => k.Name);

    /// <summary>These kinds and one more.</summary>
    /// <typeparam name="TLayer">The layer's class.</typeparam>
    /// <param name="name">Its name in files; never change it, even if the class is renamed.</param>
    /// <param name="write">Writes what the constructor needs.</param>
    /// <param name="read">Recreates the layer.</param>
    /// <exception cref="ArgumentException">The name is empty, taken or not valid Unicode, or the class has one already.</exception>
    public LayerKinds With<TLayer>(string name, Action<TLayer, Settings> write, Func<Settings, TLayer> read) where TLayer : Layer
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        UnicodeText.Require(name, "The kind of layer", nameof(name));
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(read);
        if (Find(name) is not null) throw new ArgumentException($"The name {name} is taken.", nameof(name));
        if (kinds.FirstOrDefault(k => k.Type == typeof(TLayer)) is { } same)
            throw new ArgumentException($"{typeof(TLayer).Name} has the name {same.Name}.", nameof(name));
        return new LayerKinds([.. kinds, LayerKind.Of(name, write, read)]);
    }

    /// <summary>The kind of a layer, or null.</summary>
    internal LayerKind? Of(Layer layer) => kinds.FirstOrDefault(k => k.Type == layer.GetType());

    /// <summary>The kind of this name, or null.</summary>
    internal LayerKind? Find(string name) => kinds.FirstOrDefault(k => k.Name == name);

    /// <summary>A layer with all its settings; for an unknown kind, its <c>ToString()</c>.</summary>
    internal string Describe(Layer layer)
    {
        if (Of(layer) is not { } kind) return layer.ToString();
        var settings = new Settings();
        kind.Write(layer, settings);
        return settings.IsEmpty ? kind.Name : $"{kind.Name} {settings}";
    }
}
