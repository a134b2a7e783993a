namespace DeepLearning.Onnx;

/// <summary><see cref="Subtract"/> is the operator Sub of computed values.</summary>
internal static class SubtractOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Subtract>(static (_, graph) => graph.Node("Sub", [.. graph.Inputs])) with
    {
        Merges = [new("Sub", static (_, _, _) => new Subtract())],
    };
}
