namespace DeepLearning.Onnx;

/// <summary>How each layer is written: an explicit list, so that a layer without an ONNX form is an error and never a guess.</summary>
internal static class LayerExport
{
    /// <summary>Writes the nodes of a layer; returns the name of its result.</summary>
    /// <exception cref="NotSupportedException">The layer has no form in ONNX; the message names it.</exception>
    public static string Write(Layer layer, OnnxLayerWriter graph, OnnxExportOptions options) => options.ExporterOf(layer) is { } own
        ? own(layer, graph)
        : layer switch
        {
            Activation activation when ActivationExport.Write(activation, graph) is { } result => result,
            Dense dense => Write(dense, graph),
            Dropout => graph.Input,
            Flatten => graph.Node("Flatten", [graph.Input], OnnxAttribute.Of("axis", 1)),
            Normalization normalization => Write(normalization, graph, options.DoubleNormalization),
            // 0 keeps the batch, whatever its size.
            Reshape => graph.Node("Reshape", [graph.Input, graph.Constant("shape", [0, .. graph.OutputShape.Select(d => (long)d)])]),
            _ => throw new NotSupportedException(
                $"{graph.LayerName} ({layer}) has no form in ONNX that is known here; "
                + $"say by OnnxExportOptions.Add<{layer.GetType().Name}>(…) how it is written."),
        };

    /// <summary>Gemm knows matrices only; over the last of several dimensions it is MatMul and Add.</summary>
    private static string Write(Dense dense, OnnxLayerWriter graph)
    {
        string kernel = graph.Parameter("kernel");
        string? bias = dense.UseBias ? graph.Parameter("bias") : null;
        if (graph.InputShape.Rank == 1) return graph.Node("Gemm", bias is null ? [graph.Input, kernel] : [graph.Input, kernel, bias]);
        string product = graph.Node("MatMul", [graph.Input, kernel]);
        return bias is null ? product : graph.Node("Add", [product, bias]);
    }

    private static string Write(Normalization normalization, OnnxLayerWriter graph, bool doubles)
    {
        if (!doubles)
        {
            float[] offset = [.. normalization.Offset.ToArray().Select(v => (float)v)], scale = [.. normalization.Scale.ToArray().Select(v => (float)v)];
            string shifted = graph.Node("Sub", [graph.Input, graph.Constant("offset", offset, graph.InputShape)]);
            return graph.Node("Div", [shifted, graph.Constant("scale", scale, graph.InputShape)]);
        }

        string x = graph.Node("Cast", [graph.Input], OnnxAttribute.Of("to", (long)Schema.TensorProto.Types.DataType.Double));
        x = graph.Node("Sub", [x, graph.Constant("offset", normalization.Offset, graph.InputShape)]);
        x = graph.Node("Div", [x, graph.Constant("scale", normalization.Scale, graph.InputShape)]);
        return graph.Node("Cast", [x], OnnxAttribute.Of("to", (long)Schema.TensorProto.Types.DataType.Float));
    }
}
