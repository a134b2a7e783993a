namespace DeepLearning;

/// <summary>The definition of a kind of layer: how it appears in the files of this library and of others. It is the last member of the layer's class.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Type">The class; compared, never looked up by name.</param>
/// <param name="Write">Writes its settings.</param>
/// <param name="Read">Creates a layer from its settings.</param>
internal sealed record LayerKind(string Name, Type Type, Action<Layer, Settings> Write, Func<Settings, Layer> Read)
{
    /// <summary>The parameters that have another name or layout in PyTorch's files; none by default.</summary>
    public IReadOnlyList<ForeignParameter> Foreign { get; init; } = [];

    /// <summary>What else PyTorch's files keep for the layer, and has no place here; nothing by default.</summary>
    public IReadOnlyList<string> ForeignOnly { get; init; } = [];

    /// <summary>A parameter in foreign files; for a custom layer, a kernel is a Linear's weight. Null for one with the same name and layout there.</summary>
    public static ForeignParameter? ForeignOf(Layer layer, string parameter)
    {
        if (LayerKinds.BuiltIn.Of(layer) is { } kind) return kind.Foreign.FirstOrDefault(f => f.Name == parameter);
        return parameter == "kernel" ? ForeignParameter.LinearWeight(parameter) : null;
    }

    public static LayerKind Of<TLayer>(string name, Action<TLayer, Settings> write, Func<Settings, TLayer> read) where TLayer : Layer
        => new(name, typeof(TLayer), (layer, settings) => write((TLayer)layer, settings), read);

    /// <summary>A kind without settings.</summary>
    public static LayerKind Of<TLayer>(string name, Func<TLayer> make) where TLayer : Layer => Of<TLayer>(name, static (_, _) => { }, _ => make());
}
