namespace DeepLearning.Onnx;

/// <summary><see cref="Maximum"/> is the operator Max of computed values.</summary>
internal static class MaximumOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Maximum>(static (_, graph) => graph.Node("Max", [.. graph.Inputs])) with
    {
        Merges = [new("Max", static (_, _, _) => new Maximum())],
    };
}
