namespace DeepLearning.Onnx;

/// <summary><see cref="Rescaling"/> is a product and a sum with constants, which <see cref="AffineChain"/> reads as a <see cref="Normalization"/>.</summary>
internal static class RescalingOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Rescaling>(Write);

    private static string Write(Rescaling rescaling, OnnxLayerWriter graph)
    {
        string scaled = graph.Node("Mul", [graph.Input, graph.Constant("scale", (float)rescaling.Scale)]);
        return (float)rescaling.Offset == 0f ? scaled : graph.Node("Add", [scaled, graph.Constant("offset", (float)rescaling.Offset)]);
    }
}
