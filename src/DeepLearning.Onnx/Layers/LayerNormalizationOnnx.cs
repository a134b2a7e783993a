using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="LayerNormalization"/> is the operator of the same name, which operator set 17 added.</summary>
internal static class LayerNormalizationOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<LayerNormalization>(Write) with
    {
        Operators = [new("LayerNormalization", ["axis", "epsilon", "stash_type"], Read)],
    };

    private static string Write(LayerNormalization layer, OnnxLayerWriter graph)
    {
        // The operator requires a scale, and the shift may be left out.
        string scale = StandIn.Gamma(graph, layer.Scale, new Shape(graph.InputShape.Dimensions[^-layer.Axis..]));
        string[] inputs = layer.Center ? [graph.Input, scale, graph.Parameter("beta")] : [graph.Input, scale];
        return graph.Node("LayerNormalization", inputs, OnnxAttribute.Of("axis", (long)layer.Axis), OnnxAttribute.Of("epsilon", (float)layer.Epsilon));
    }

    private static void Read(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        int axis = node.Axis(node.Integer("axis", -1), branch.Rank);
        if (axis == 0) throw node.Wrong("normalizes the batch too, so that a sample's result depends on the others");
        if (node.Output.Skip(1).Any(v => v.Length > 0)) throw node.Wrong("makes statistics too, which no layer here does");
        int[] normalized = branch.Sample.Dimensions[(axis - 1)..].ToArray();
        OnnxConstant gamma = graph.RequireConstant(node, 1);
        OnnxConstant? beta = graph.ConstantOf(node, 2);
        foreach (OnnxConstant numbers in beta is null ? [gamma] : new[] { gamma, beta })
            if (numbers.Floats is null || !numbers.Dimensions.SequenceEqual(normalized))
                throw node.Wrong($"has a constant of shape {new Shape(numbers.Dimensions)}; floats of the normalized shape {new Shape(normalized)} are read");
        branch.Add(new Weights(gamma, beta, node.Decimal("epsilon", 1e-5f), axis - branch.Rank, !StandIn.Is(node, 1)));
    }

    private sealed record Weights(OnnxConstant Gamma, OnnxConstant? Beta, double Epsilon, int Axis, bool Scale) : LayerWeights
    {
        public override long Count => Gamma.Count + (Beta?.Count ?? 0);

        public override Layer Make() => new LayerNormalization(Epsilon, Axis, center: Beta is not null, Scale);

        public override void Fill(LayerCall call)
        {
            int next = 0;
            if (Scale) Gamma.Floats!.CopyTo(call.Parameters[next++].Value.AsSpan());
            if (Beta is not null) Beta.Floats!.CopyTo(call.Parameters[next].Value.AsSpan());
        }
    }
}
