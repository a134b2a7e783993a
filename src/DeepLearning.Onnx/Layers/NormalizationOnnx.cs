namespace DeepLearning.Onnx;

/// <summary>
/// <see cref="Normalization"/> is a subtraction and a division, in double unless the options say otherwise. <see cref="AffineChain"/> reads those, and other
/// arithmetic with constants.
/// </summary>
internal static class NormalizationOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Normalization>(
        static (normalization, graph, options) => options.DoubleNormalization ? InDouble(normalization, graph) : InSingle(normalization, graph));

    private static string InDouble(Normalization normalization, OnnxLayerWriter graph)
    {
        string x = graph.Node("Cast", [graph.Input], OnnxAttribute.Of("to", (long)Schema.TensorProto.Types.DataType.Double));
        x = graph.Node("Sub", [x, graph.Constant("offset", normalization.Offset, graph.InputShape)]);
        x = graph.Node("Div", [x, graph.Constant("scale", normalization.Scale, graph.InputShape)]);
        return graph.Node("Cast", [x], OnnxAttribute.Of("to", (long)Schema.TensorProto.Types.DataType.Float));
    }

    private static string InSingle(Normalization normalization, OnnxLayerWriter graph)
    {
        float[] offset = [.. normalization.Offset.ToArray().Select(v => (float)v)], scale = [.. normalization.Scale.ToArray().Select(v => (float)v)];
        string shifted = graph.Node("Sub", [graph.Input, graph.Constant("offset", offset, graph.InputShape)]);
        return graph.Node("Div", [shifted, graph.Constant("scale", scale, graph.InputShape)]);
    }
}
