using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>Nodes that give the same values another shape; the batch must stay a dimension of its own.</summary>
internal static class ShapeReader
{
    public static Flatten ReadFlatten(NodeProto node, int rank)
    {
        long axis = node.Integer("axis", 1);
        return axis == 1 || axis == 1 - rank ? new Flatten() : throw node.Wrong($"flattens from axis {axis}; only from axis 1 does the batch stay as it is");
    }

    public static Reshape ReadReshape(NodeProto node, OnnxGraph graph, Shape sample)
    {
        long[] target = graph.RequireConstant(node, 1).Integers ?? throw node.Wrong("takes a shape that is no whole numbers");
        bool zeroCopies = node.Integer("allowzero", 0) == 0;
        bool keepsBatch = target.Length > 0 && (target[0] == -1 || (target[0] == 0 && zeroCopies) || target[0] == graph.FixedBatch);
        if (!keepsBatch) throw node.Wrong($"gives the shape [{string.Join(", ", target)}]; the first dimension must be 0 or −1, the batch");
        var dimensions = new int[target.Length - 1];
        for (int d = 0; d < dimensions.Length; d++)
        {
            long size = target[d + 1];
            if (size == 0 && zeroCopies && d < sample.Rank) size = sample[d];
            if (size is < -1 or 0 or > int.MaxValue || (size == -1 && target[0] == -1))
                throw node.Wrong($"gives the shape [{string.Join(", ", target)}], which is none for samples of {sample}");
            dimensions[d] = (int)size;
        }

        return new Reshape(dimensions);
    }
}
