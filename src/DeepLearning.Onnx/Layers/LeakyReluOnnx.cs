namespace DeepLearning.Onnx;

/// <summary><see cref="LeakyRelu"/> is the operator LeakyRelu, whose slope is 0.01 by default.</summary>
internal static class LeakyReluOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<LeakyRelu>(
        static (leaky, graph) => graph.Node("LeakyRelu", [graph.Input], OnnxAttribute.Of("alpha", (float)leaky.NegativeSlope))) with
    {
        Operators = [new("LeakyRelu", ["alpha"], static (node, _) => new LeakyRelu(node.Number("alpha", 0.01f)))],
    };
}
