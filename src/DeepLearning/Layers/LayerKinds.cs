namespace DeepLearning;

/// <summary>
/// The kinds of layers that a file may name, and how each is written and read. Nothing else is ever made from a file: no name of a type, no code.
/// Custom layers are added by <see cref="With{TLayer}"/>; the value is immutable, and given to <c>Save</c> and <c>Load</c>.
/// </summary>
/// <example>
/// <code>
/// LayerKinds kinds = LayerKinds.BuiltIn.With(
///     "Gain", (Gain layer, LayerSettings settings) => settings.Set("factor", layer.Factor), settings => new Gain(settings.GetSingle("factor")));
/// model.Save("m.safetensors", kinds);
/// Sequential same = Sequential.Load("m.safetensors", kinds);
/// </code>
/// </example>
public sealed class LayerKinds
{
    private readonly IReadOnlyList<LayerKind> kinds;

    private LayerKinds(IReadOnlyList<LayerKind> kinds) => this.kinds = kinds;

    /// <summary>
    /// Every layer of this library. Initializers are not kept: a loaded layer has the default ones, which matters only to models built from it anew.
    /// </summary>
    public static LayerKinds BuiltIn { get; } = new(
    [
        LayerKind.Of<Dense>(
            "Dense", static (d, s) => s.Set("units", d.Units).Set("use_bias", d.UseBias),
            static s => new(s.GetInt32("units"), useBias: s.GetBoolean("use_bias"))),
        LayerKind.Of<Dropout>("Dropout", static (d, s) => s.Set("rate", d.Rate), static s => new(s.GetDouble("rate"))),
        LayerKind.Of<Reshape>("Reshape", static (r, s) => s.Set("target", r.Target), static s => new(s.GetInt32s("target"))),
        LayerKind.Of<Normalization>(
            "Normalization", static (n, s) => s.Set("offset", n.Offset).Set("scale", n.Scale), static s => new(s.GetDoubles("offset"), s.GetDoubles("scale"))),
        LayerKind.Of<Elu>("Elu", static (e, s) => s.Set("alpha", e.Alpha), static s => new(s.GetDouble("alpha"))),
        LayerKind.Of<LeakyRelu>("LeakyRelu", static (l, s) => s.Set("negative_slope", l.NegativeSlope), static s => new(s.GetDouble("negative_slope"))),
        LayerKind.Of<Gelu>("Gelu", static (g, s) => s.Set("approximate", g.Approximate), static s => new(s.GetBoolean("approximate"))),
        LayerKind.Of<Concatenate>("Concatenate", static (c, s) => s.Set("axis", c.Axis), static s => new(s.GetInt32("axis"))),
        Plain("Add", static () => new Add()),
        Plain("Exponential", static () => new Exponential()),
        Plain("Flatten", static () => new Flatten()),
        Plain("HardSigmoid", static () => new HardSigmoid()),
        Plain("HardSwish", static () => new HardSwish()),
        Plain("LogSoftmax", static () => new LogSoftmax()),
        Plain("Mish", static () => new Mish()),
        Plain("Relu", static () => new Relu()),
        Plain("Selu", static () => new Selu()),
        Plain("Sigmoid", static () => new Sigmoid()),
        Plain("Silu", static () => new Silu()),
        Plain("Softmax", static () => new Softmax()),
        Plain("Softplus", static () => new Softplus()),
        Plain("Softsign", static () => new Softsign()),
        Plain("Tanh", static () => new Tanh()),
    ]);

    /// <summary>The names that files may use.</summary>
    public IEnumerable<string> Names => kinds.Select(k => k.Name);

    /// <summary>These kinds and one more.</summary>
    /// <typeparam name="TLayer">The layer's class.</typeparam>
    /// <param name="name">What files call it; keep it for ever, also where the class gets another name.</param>
    /// <param name="write">Puts down what the constructor needs.</param>
    /// <param name="read">Makes the layer again.</param>
    /// <exception cref="ArgumentException">The name is empty, taken or not valid Unicode, or the class has one already.</exception>
    public LayerKinds With<TLayer>(string name, Action<TLayer, LayerSettings> write, Func<LayerSettings, TLayer> read) where TLayer : Layer
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

    private static LayerKind Plain<TLayer>(string name, Func<TLayer> make) where TLayer : Layer
        => LayerKind.Of<TLayer>(name, static (_, _) => { }, _ => make());
}
