namespace DeepLearning.Onnx;

/// <summary><see cref="Add"/> is the operator Add for two computed values, and Sum for more.</summary>
internal static class AddOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Add>(
        static (_, graph) => graph.Node(graph.Inputs.Count == 2 ? "Add" : "Sum", [.. graph.Inputs])) with
    {
        Merges = [new("Add", static (_, _, _) => new Add()), new("Sum", static (_, _, _) => new Add())],
    };
}
