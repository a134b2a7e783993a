using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="PRelu"/> is the operator PRelu with a constant slope: one for each value of a sample, or one for all.</summary>
internal static class PReluOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<PRelu>(static (_, graph) => graph.Node("PRelu", [graph.Input, graph.Parameter("alpha")])) with
    {
        Operators = [new("PRelu", [], Read)],
    };

    private static void Read(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        OnnxConstant slope = graph.RequireConstant(node, 1);
        if (slope.Wholes is not null) throw node.Wrong("takes slopes that are whole numbers");
        int[] d = slope.Dimensions;
        bool isEach = d.Length <= branch.Rank && Enumerable.Repeat(1, branch.Rank - d.Length).Concat(d).SequenceEqual(branch.Sample.Prepend(1));
        if (!isEach && (slope.Count != 1 || d.Length > branch.Rank))
            throw node.Wrong($"has slopes of shape {new Shape(d)} for samples of shape {branch.Sample}; one for each value or one for all can be expressed");
        if (graph.OperatorSet < 7 && slope.Count != 1 && branch.Sample.Rank != 1)
            throw node.Wrong($"has slopes of shape {new Shape(d)}, which operator sets before 7 take for channels");
        branch.Add(new Slopes(slope, branch.Sample, SharedAcross: !isEach));
    }

    /// <summary>The numbers of the layer on samples of one shape.</summary>
    private sealed record Slopes(OnnxConstant Values, Shape Sample, bool SharedAcross) : LayerWeights
    {
        public override long Count => Values.Count;

        public override Layer Make() => new PRelu(SharedAcross);

        public override void Fill(LayerCall call) => Values.Floats!.CopyTo(call.Parameters[0].Value.AsSpan());
    }
}
