using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="Flatten"/> is the operator Flatten from axis 1.</summary>
internal static class FlattenOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Flatten>(
        static (_, graph) => graph.Node("Flatten", [graph.Input], OnnxAttribute.Of("axis", 1))) with
    {
        Operators = [new("Flatten", ["axis"], Read) { TakesIntegers = true }],
    };

    private static void Read(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        int rank = branch.Sample.Rank + 1;
        long named = node.Integer("axis", 1);
        int axis = named == rank ? rank : node.Axis(named, rank);
        // Dimensions of 1 may be merged into the batch: it does not change.
        if (axis == 0 || branch.Sample.Dimensions[..(axis - 1)].ContainsAnyExcept(1))
            throw node.Wrong($"flattens from axis {named} of {rank}; only from axis 1 does the batch stay as it is");
        branch.Add(new Flatten());
    }
}
