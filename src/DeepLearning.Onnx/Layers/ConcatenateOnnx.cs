using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="Concatenate"/> is the operator Concat of computed values, whose axes count the batch as 0 too.</summary>
internal static class ConcatenateOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Concatenate>(
        static (concatenate, graph) => graph.Node("Concat", [.. graph.Inputs], OnnxAttribute.Of("axis", (long)concatenate.Axis))) with
    {
        Merges = [new("Concat", Read) { TakesIntegers = true }],
    };

    private static Concatenate Read(NodeProto node, OnnxGraph graph, int rank)
    {
        // The axis is a required attribute since operator set 4, and was 1 by default before.
        if (graph.OperatorSet >= 4 && node.Find("axis") is null) throw node.Wrong("names no axis");
        int axis = node.Axis(node.Integer("axis", 1), rank);
        return axis == 0
            ? throw node.Wrong("joins along axis 0, the batch, which would make one batch of several inputs' samples; no layer here does")
            : new Concatenate(axis == rank - 1 ? -1 : axis);
    }
}
