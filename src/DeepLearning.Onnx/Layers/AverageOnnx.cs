namespace DeepLearning.Onnx;

/// <summary><see cref="Average"/> is the operator Mean of computed values.</summary>
internal static class AverageOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Average>(static (_, graph) => graph.Node("Mean", [.. graph.Inputs])) with
    {
        Merges = [new("Mean", static (_, _, _) => new Average())],
    };
}
