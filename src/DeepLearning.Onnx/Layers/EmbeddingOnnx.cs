using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="Embedding"/> is a Gather of rows of a constant matrix by computed whole numbers.</summary>
internal static class EmbeddingOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Embedding>(
        static (_, graph) => graph.Node("Gather", [graph.Parameter("embeddings"), graph.Input], OnnxAttribute.Of("axis", 0L))) with
    {
        Operators = [new("Gather", ["axis"], Read) { Place = 1, TakesIntegers = true }],
    };

    private static void Read(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        OnnxConstant table = graph.RequireConstant(node, 0);
        if (!branch.IsInteger) throw node.Wrong($"selects by '{node.Input[1]}', which are no whole numbers");
        if (table.Dimensions is not [>= 1, >= 1] || table.Wholes is not null || node.Axis(node.Integer("axis", 0), table.Dimensions.Length) != 0)
            throw node.Wrong(
                $"selects by computed numbers from a constant of shape {new Shape(table.Dimensions)}; rows of a float matrix are read, along axis 0");
        branch.Add(new Table(table));
    }

    private sealed record Table(OnnxConstant Values) : LayerWeights
    {
        public override long Count => Values.Count;

        public override Layer Make() => new Embedding(Values.Dimensions[0], Values.Dimensions[1]);

        public override void Fill(LayerCall call) => Values.Floats!.CopyTo(call.Parameters[0].Value.AsSpan());
    }
}
