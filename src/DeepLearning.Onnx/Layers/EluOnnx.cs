namespace DeepLearning.Onnx;

/// <summary><see cref="Elu"/> is the operator Elu.</summary>
internal static class EluOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Elu>(
        static (elu, graph) => graph.Node("Elu", [graph.Input], OnnxAttribute.Of("alpha", (float)elu.Alpha))) with
    {
        Operators = [new("Elu", ["alpha"], static (node, _) => new Elu(node.Number("alpha", 1f)))],
    };
}
