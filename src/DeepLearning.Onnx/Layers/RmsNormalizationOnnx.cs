namespace DeepLearning.Onnx;

/// <summary>
/// <see cref="RmsNormalization"/> is γ·x / √(mean of x² + ε) in its parts, since its operator was added in set 23. It is not read.
/// </summary>
internal static class RmsNormalizationOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<RmsNormalization>(Write);

    private static string Write(RmsNormalization layer, OnnxLayerWriter graph)
    {
        string square = graph.Node("Mul", [graph.Input, graph.Input]);
        string mean = graph.Node("ReduceMean", [square], OnnxAttribute.Of("axes", [-1L]), OnnxAttribute.Of("keepdims", 1L));
        string root = graph.Node("Sqrt", [graph.Node("Add", [mean, graph.Constant("epsilon", (float)layer.Epsilon)])]);
        return graph.Node("Mul", [graph.Node("Div", [graph.Input, root]), graph.Parameter("gamma")]);
    }
}
