using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>Constants in another shape, and shapes as constants.</summary>
internal static class ShapeFolding
{
    /// <summary>The dimensions of a value, or the part of them that a node selects (since operator set 15).</summary>
    public static OnnxConstant Shape(NodeProto node, IEnumerable<WholeNumber> dimensions)
    {
        WholeNumber[] all = [.. dimensions];
        int start = Clamp(node.Integer("start", 0)), end = Clamp(node.Integer("end", all.Length));
        WholeNumber[] part = start < end ? all[start..end] : [];
        return new OnnxConstant([part.Length], part);

        int Clamp(long place) => (int)Math.Clamp(place < 0 ? place + all.Length : place, 0, all.Length);
    }

    /// <summary>The same numbers in the shape that a node gives them; null if that depends on the batch size.</summary>
    public static OnnxConstant? Reshaped(NodeProto node, OnnxConstant input, OnnxGraph graph)
    {
        int[] from = input.Dimensions;
        switch (node.OpType)
        {
            case "Flatten":
                long axis = node.Integer("axis", 1);
                int split = axis == from.Length ? from.Length : node.Axis(axis, from.Length);
                return input.Shaped([Product(from.AsSpan(0, split)), Product(from.AsSpan(split))]);
            case "Squeeze":
                HashSet<int> gone = graph.IntegersOf(node, "axes", 1, 13) is { } axes
                    ? node.Axes(axes, from.Length)
                    : [.. Enumerable.Range(0, from.Length).Where(d => from[d] == 1)];
                if (gone.Any(d => from[d] != 1)) throw node.Wrong($"takes dimensions other than 1 out of the shape {new DeepLearning.Shape(from)}");
                return input.Shaped([.. from.Where((_, d) => !gone.Contains(d))]);
            case "Unsqueeze":
                return input.Shaped(Unsqueezed(node, from, graph.IntegersOf(node, "axes", 1, 13)));
            default:
                return TargetOf(node, graph) is { } target && !Array.Exists(target, d => d.PerBatch) ? input.Shaped(Resolve(node, from, target)) : null;
        }
    }

    /// <summary>The shape that a Reshape names: an attribute before operator set 5, an input since; null if it is computed.</summary>
    public static WholeNumber[]? TargetOf(NodeProto node, OnnxGraph graph) => graph.OperatorSet < 5
        ? node.Integers("shape")?.Select(d => new WholeNumber(d)).ToArray() ?? throw node.Wrong("names no shape")
        : graph.RequireConstant(node, 1).Wholes ?? throw node.Wrong("takes a shape that is not made of whole numbers");

    /// <summary>Dimensions with inserted ones of 1.</summary>
    public static int[] Unsqueezed(NodeProto node, int[] from, long[]? axes)
    {
        if (axes is null) throw node.Wrong("names no axes");
        int rank = from.Length + axes.Length;
        if (rank > DeepLearning.Shape.MaxRank) throw node.Wrong($"makes {rank} dimensions; at most {DeepLearning.Shape.MaxRank} are known");
        HashSet<int> added = node.Axes(axes, rank);
        var rest = new Queue<int>(from);
        return [.. Enumerable.Range(0, rank).Select(d => added.Contains(d) ? 1 : rest.Dequeue())];
    }

    private static int[] Resolve(NodeProto node, int[] from, WholeNumber[] target)
    {
        bool zeroCopies = node.Integer("allowzero", 0) == 0;
        long[] dimensions = [.. target.Select((d, i) => d.Value == 0 && zeroCopies && i < from.Length ? from[i] : d.Value)];
        long count = Product(from);
        int open = Array.IndexOf(dimensions, -1);
        Int128 rest = dimensions.Where((_, i) => i != open).Aggregate((Int128)1, (a, b) => Int128.Abs(a) > int.MaxValue ? a : a * b);
        if (open >= 0 && rest > 0 && count % rest == 0) (dimensions[open], rest) = ((long)(count / rest), count);
        if (rest != count || dimensions.Any(d => d is < 0 or > int.MaxValue))
            throw node.Wrong($"gives {count:N0} numbers the shape [{string.Join(", ", target)}]");
        return [.. dimensions.Select(d => (int)d)];
    }

    private static int Product(ReadOnlySpan<int> dimensions) => new DeepLearning.Shape(dimensions).Size;
}
