namespace DeepLearning.Onnx;

/// <summary><see cref="Minimum"/> is the operator Min of computed values.</summary>
internal static class MinimumOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Minimum>(static (_, graph) => graph.Node("Min", [.. graph.Inputs])) with
    {
        Merges = [new("Min", static (_, _, _) => new Minimum())],
    };
}
