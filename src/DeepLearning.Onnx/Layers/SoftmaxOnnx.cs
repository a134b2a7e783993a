using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="Softmax"/> is the operator Softmax along one axis.</summary>
internal static class SoftmaxOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Softmax>(
        static (softmax, graph) => graph.Node("Softmax", [graph.Input], OnnxAttribute.Of("axis", (long)softmax.Axis))) with
    {
        Operators = [new("Softmax", ["axis"], static (node, graph, branch) => Read(static axis => new Softmax(axis), node, graph, branch))],
    };

    /// <summary>
    /// An activation along a dimension: since operator set 13 along one axis. Before, everything from the axis on (1 by default) was one vector,
    /// expressed by reshaping before and after the activation; this also covers an axis followed only by dimensions of 1.
    /// </summary>
    public static void Read(Func<int, Activation> along, NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        Activation activation = along(-1);
        Shape sample = branch.Sample;
        int rank = sample.Rank + 1;
        bool isVector = graph.OperatorSet < 13;
        if (isVector && rank == 1 && node.Find("axis") is null)
        {
            throw node.Wrong($"names no axis, which means axis 1 before operator set 13, but its input has the batch alone, axis 0 of 1; {activation} works "
                + "along a dimension of a sample");
        }

        int axis = node.Axis(node.Integer("axis", isVector ? 1 : -1), rank);
        if (axis == 0)
            throw node.Wrong(
                $"works along axis 0 of {rank}, the batch, so that a sample's result depends on the others; {activation} works along a dimension of a sample");
        if (axis < rank - 1 && !isVector && sample.Dimensions[axis..].ContainsAnyExcept(1))
        {
            branch.Add(along(axis - rank));
            return;
        }

        if (axis < rank - 1) branch.AddReshape([.. sample.Dimensions[..(axis - 1)], new Shape(sample.Dimensions[(axis - 1)..]).Size]);
        branch.Add(activation);
        branch.AddReshape(sample);
    }
}
