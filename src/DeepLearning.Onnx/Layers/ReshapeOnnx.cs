using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// <see cref="Reshape"/> is the operator Reshape; others that give the same values another shape are read too. The batch must stay a separate, first dimension.
/// </summary>
internal static class ReshapeOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Reshape>(
        // 0 keeps the batch, whatever its size.
        static (_, graph) => graph.Node("Reshape", [graph.Input, graph.Constant("shape", [0, .. graph.OutputShape.Select(d => (long)d)])])) with
    {
        Operators =
        [
            new("Reshape", ["allowzero", "shape"], ReadReshape) { TakesIntegers = true },
            new("Squeeze", ["axes"], ReadSqueeze) { TakesIntegers = true },
            new("Unsqueeze", ["axes"], ReadUnsqueeze) { TakesIntegers = true },
            new("Transpose", ["perm"], ReadTranspose) { TakesIntegers = true },
        ],
    };

    private static void ReadReshape(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        Shape sample = branch.Sample;
        WholeNumber[] target = ShapeFolding.TargetOf(node, graph)!;
        string shape = $"[{string.Join(", ", target)}]";
        bool zeroCopies = node.Integer("allowzero", 0) == 0;
        bool keepsBatch = target is [var first, ..]
            && (first is (1, true) or (-1, false) || (first.Value == 0 && zeroCopies) || (!first.PerBatch && first.Value == graph.FixedBatch));
        if (!keepsBatch)
            throw node.Wrong($"gives the shape {shape}; the first dimension must be the batch: 0, −1 or its size as the input has it: "
                + "export the model with an open batch, not for one of a fixed size");
        var dimensions = new int[target.Length - 1];
        for (int d = 0; d < dimensions.Length; d++)
        {
            (long size, bool perBatch) = target[d + 1];
            if (size == 0 && zeroCopies && d < sample.Rank) size = sample[d];
            if (perBatch || size is < -1 or 0 or > int.MaxValue || (size == -1 && target[0].Value == -1))
                throw node.Wrong($"gives the shape {shape}, which is none for samples of {sample}");
            dimensions[d] = (int)size;
        }

        branch.Add(new Reshape(dimensions));
    }

    private static void ReadSqueeze(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        Shape sample = branch.Sample;
        long[] named = graph.IntegersOf(node, "axes", 1, 13)
            ?? throw node.Wrong("names no axes: with one sample it would take the batch out too; name them in the export");
        HashSet<int> axes = node.Axes(named, sample.Rank + 1);
        if (axes.Contains(0)) throw node.Wrong($"removes the batch from the shape (axes [{string.Join(", ", named)}])");
        if (axes.FirstOrDefault(axis => sample[axis - 1] != 1) is > 0 and var wrong)
            throw node.Wrong($"removes axis {wrong} of {sample.Rank + 1}, which has {sample[wrong - 1]} places, not 1");
        branch.AddReshape([.. sample.Where((_, d) => !axes.Contains(d + 1))]);
    }

    private static void ReadUnsqueeze(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        long[]? axes = graph.IntegersOf(node, "axes", 1, 13);
        // The batch is marked by −1, which no dimension can be.
        int[] dimensions = ShapeFolding.Unsqueezed(node, [-1, .. branch.Sample.Dimensions], axes);
        if (dimensions[0] != -1) throw node.Wrong($"puts a dimension before the batch (axes [{string.Join(", ", axes!)}])");
        branch.AddReshape(dimensions.AsSpan(1));
    }

    /// <summary>If only dimensions of 1 move, the values keep their order.</summary>
    private static void ReadTranspose(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        Shape sample = branch.Sample;
        int[] order = Rearranging.OrderOf(node, sample.Rank + 1);
        string axes = $"[{string.Join(", ", order)}]";
        if (order[0] != 0) throw node.Wrong($"moves the batch (order {axes})");
        int[] moved = [.. order.Skip(1).Where(axis => sample[axis - 1] != 1)];
        if (!moved.Order().SequenceEqual(moved))
            throw node.Wrong($"puts the values of samples of shape {sample} in another order ({axes}), which no layer here does");
        branch.AddReshape([.. order.Skip(1).Select(axis => sample[axis - 1])]);
    }
}
