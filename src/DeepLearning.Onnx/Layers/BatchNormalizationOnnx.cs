using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// <see cref="BatchNormalization"/> is the operator of the same name, whose channels are the first dimension of a sample, where the features here are the last:
/// samples of several dimensions are transposed before and after it. Channels that are first are read as a <see cref="Normalization"/> of the same values.
/// </summary>
internal static class BatchNormalizationOnnx
{
    private const string Operator = "BatchNormalization";

    public static OnnxLayer Definition { get; } = OnnxLayer.Of<BatchNormalization>(Write) with
    {
        Operators = [new(Operator, ["epsilon", "is_test", "momentum", "spatial", "training_mode"], Read)],
    };

    /// <summary>The nodes that follow a Transpose, if they normalize the last dimension: the normalization, and the Transpose back.</summary>
    public static (NodeProto Normalization, NodeProto Back)? BehindTranspose(NodeProto node, OnnxGraph graph, int rank)
    {
        if (node.OpType != "Transpose" || !IsOrder(node, [0, rank - 1, .. Enumerable.Range(1, rank - 2)])) return null;
        if (Only(node, graph) is not { OpType: Operator } normalization || normalization.Input[0] != node.Output[0]) return null;
        return Only(normalization, graph) is { OpType: "Transpose" } back && IsOrder(back, [0, .. Enumerable.Range(2, rank - 2), 1])
            ? (normalization, back)
            : null;
    }

    /// <summary>The layer that normalizes the last dimension, with the numbers of a node.</summary>
    public static LayerWeights LastDimension(NodeProto node, OnnxGraph graph, Shape sample)
    {
        AffineChain.RequireInference(node, graph.OperatorSet);
        OnnxConstant[] numbers = [.. Enumerable.Range(1, 4).Select(place => graph.RequireConstant(node, place))];
        if (numbers.Any(n => n.Floats is null || n.Count != sample[-1])) throw node.Wrong($"does not have its four numbers for each of {sample[-1]} channels");
        return new Weights(
            numbers[0], numbers[1], numbers[2], numbers[3], node.Decimal("momentum", 0.9f), node.Decimal("epsilon", 1e-5f),
            Center: !StandIn.Is(node, 2), Scale: !StandIn.Is(node, 1));
    }

    private static string Write(BatchNormalization layer, OnnxLayerWriter graph)
    {
        Shape features = [graph.InputShape[-1]];
        string[] numbers =
        [
            StandIn.Gamma(graph, layer.Scale, features), StandIn.Beta(graph, layer.Center, features),
            graph.Parameter("moving_mean"), graph.Parameter("moving_variance"),
        ];
        int rank = graph.InputShape.Rank + 1;
        string x = rank == 2 ? graph.Input
            : graph.Node("Transpose", [graph.Input], OnnxAttribute.Of("perm", [0, rank - 1, .. Enumerable.Range(1, rank - 2).Select(d => (long)d)]));
        string y = graph.Node(
            Operator, [x, .. numbers], OnnxAttribute.Of("epsilon", (float)layer.Epsilon), OnnxAttribute.Of("momentum", (float)layer.Momentum));
        return rank == 2 ? y : graph.Node("Transpose", [y], OnnxAttribute.Of("perm", [0, .. Enumerable.Range(2, rank - 2).Select(d => (long)d), 1]));
    }

    private static void Read(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        if (branch.Sample.Rank == 1) branch.Add(LastDimension(node, graph, branch.Sample));
        else branch.Affine.AppendBatchNormalization(node, graph, branch.Sample);
    }

    private static NodeProto? Only(NodeProto node, OnnxGraph graph)
        => !graph.IsOutput(node.Output[0]) && graph.UsersOf(node.Output[0]) is [var user] ? user : null;

    private static bool IsOrder(NodeProto node, int[] order) => node.Integers("perm") is { } perm && perm.SequenceEqual(order.Select(d => (long)d));

    private sealed record Weights(
        OnnxConstant Gamma, OnnxConstant Beta, OnnxConstant Mean, OnnxConstant Variance, double Momentum, double Epsilon, bool Center, bool Scale)
        : LayerWeights
    {
        public override long Count => 4L * Mean.Count;

        public override Layer Make() => new BatchNormalization(Momentum, Epsilon, Center, Scale);

        public override void Fill(LayerCall call)
        {
            int next = 0;
            if (Scale) Gamma.Floats!.CopyTo(call.Parameters[next++].Value.AsSpan());
            if (Center) Beta.Floats!.CopyTo(call.Parameters[next].Value.AsSpan());
            Mean.Floats!.CopyTo(call.State[0].Value.AsSpan());
            Variance.Floats!.CopyTo(call.State[1].Value.AsSpan());
        }
    }
}
