namespace DeepLearning.Onnx;

/// <summary>Writes a layer: by the options, or by its definition.</summary>
internal static class LayerExport
{
    /// <summary>Writes the nodes of a layer; returns the name of its result.</summary>
    /// <exception cref="NotSupportedException">The layer has no form in ONNX; the message names it.</exception>
    public static string Write(Layer layer, OnnxLayerWriter graph, OnnxExportOptions options)
    {
        if (options.ExporterOf(layer) is { } own) return own(layer, graph);
        if (OnnxLayers.Of(layer) is { } known) return known.Write(layer, graph, options);
        throw new NotSupportedException(
            $"{graph.LayerName} ({layer}) has no form in ONNX that is known here; "
            + $"say with OnnxExportOptions.Add<{layer.GetType().Name}>(…) how it is written.");
    }
}
