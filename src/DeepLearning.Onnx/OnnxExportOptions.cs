namespace DeepLearning;

/// <summary>How a model is written as ONNX. The defaults suit ONNX Runtime and everything else that reads operator set 17.</summary>
public sealed class OnnxExportOptions
{
    private readonly Dictionary<Type, Func<Layer, OnnxLayerWriter, string>> exporters = [];

    /// <summary>The name of a single graph input; "input" by default. Several keep the model's names.</summary>
    public string InputName { get; init; } = "input";

    /// <summary>The name of a single graph output; "output" by default. Several keep the model's names.</summary>
    public string OutputName { get; init; } = "output";

    /// <summary>The name of the batch dimension, whose size is variable; "batch" by default.</summary>
    public string BatchName { get; init; } = "batch";

    /// <summary>The name of the graph; "model" by default.</summary>
    public string GraphName { get; init; } = "model";

    /// <summary>
    /// Whether <see cref="Normalization"/> is computed in double, as this library does, to the same bits; true by default. False writes a float
    /// subtraction and division, for runtimes without double: the error is then up to 1e-7·(1 + |offset / scale|) in the result's unit.
    /// </summary>
    public bool DoubleNormalization { get; init; } = true;

    /// <summary>Sets how a custom layer is written. One that merges values uses <see cref="OnnxLayerWriter.Inputs"/>.</summary>
    /// <typeparam name="TLayer">The layer's class.</typeparam>
    /// <param name="export">Writes the layer's nodes, and returns the name of its result.</param>
    /// <returns>These options.</returns>
    /// <example>
    /// <code>
    /// var options = new OnnxExportOptions().Add&lt;Scale&gt;((layer, graph) => graph.Node("Mul", [graph.Input, graph.Parameter("gamma")]));
    /// </code>
    /// </example>
    public OnnxExportOptions Add<TLayer>(Func<TLayer, OnnxLayerWriter, string> export) where TLayer : Layer
    {
        ArgumentNullException.ThrowIfNull(export);
        exporters[typeof(TLayer)] = (layer, graph) => export((TLayer)layer, graph);
        return this;
    }

    internal Func<Layer, OnnxLayerWriter, string>? ExporterOf(Layer layer) => exporters.GetValueOrDefault(layer.GetType());
}
