namespace DeepLearning.Onnx;

/// <summary>One kind of layer in ONNX: how it is written and read. Each has its own file, and is listed in <see cref="OnnxLayers"/>.</summary>
/// <param name="Layer">The layer's class.</param>
/// <param name="Write">Writes the nodes of a layer; returns the name of its result.</param>
internal sealed record OnnxLayer(Type Layer, Func<Layer, OnnxLayerWriter, OnnxExportOptions, string> Write)
{
    /// <summary>The operators that are this layer by themselves; none by default.</summary>
    public IReadOnlyList<OnnxOperator> Operators { get; init; } = [];

    /// <summary>The operators that are this layer if they take several computed values; none by default.</summary>
    public IReadOnlyList<OnnxMerge> Merges { get; init; } = [];

    /// <summary>What the layer computes, if several nodes may form it; none by default.</summary>
    public IReadOnlyList<OnnxFormula> Formulas { get; init; } = [];

    public static OnnxLayer Of<TLayer>(Func<TLayer, OnnxLayerWriter, OnnxExportOptions, string> write) where TLayer : Layer
        => new(typeof(TLayer), (layer, graph, options) => write((TLayer)layer, graph, options));

    public static OnnxLayer Of<TLayer>(Func<TLayer, OnnxLayerWriter, string> write) where TLayer : Layer
        => Of<TLayer>((layer, graph, _) => write(layer, graph));

    /// <summary>A layer that is one operator without attributes, both ways.</summary>
    public static OnnxLayer Of<TLayer>(string operatorType, Func<TLayer> make) where TLayer : Layer
        => Of<TLayer>((_, graph) => graph.Node(operatorType, [graph.Input])) with { Operators = [new(operatorType, [], (_, _) => make())] };
}
