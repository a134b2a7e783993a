namespace DeepLearning;

/// <summary>How a kind of layer stands in a file.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Type">The class; compared, never looked up by a name.</param>
/// <param name="Write">Puts its settings down.</param>
/// <param name="Read">Makes a layer of them.</param>
internal sealed record LayerKind(string Name, Type Type, Action<Layer, LayerSettings> Write, Func<LayerSettings, Layer> Read)
{
    public static LayerKind Of<TLayer>(string name, Action<TLayer, LayerSettings> write, Func<LayerSettings, TLayer> read) where TLayer : Layer
        => new(name, typeof(TLayer), (layer, settings) => write((TLayer)layer, settings), read);
}
