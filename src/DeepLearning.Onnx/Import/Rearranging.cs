using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>Constants that reorder, select or combine the numbers of others.</summary>
internal static class Rearranging
{
    public static OnnxConstant? Fold(NodeProto node, OnnxConstant input, OnnxGraph graph, ConstantReader reader) => node.OpType switch
    {
        "Transpose" => Transpose(node, input, reader),
        "Slice" => Slice(node, input, graph, reader),
        "Expand" => Expand(node, input, graph, reader),
        "Gather" => Gather(node, input, graph.RequireConstant(node, 1), reader),
        _ => Concat(node, graph, reader),
    };

    /// <summary>The order of dimensions of a Transpose; the reverse by default.</summary>
    public static int[] OrderOf(NodeProto node, int rank)
    {
        long[] order = node.Integers("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(d => (long)d)];
        return order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(d => (long)d))
            ? Array.ConvertAll(order, d => (int)d)
            : throw node.Wrong($"has an order of {rank} dimensions that is none: [{string.Join(", ", order)}]");
    }

    private static OnnxConstant Transpose(NodeProto node, OnnxConstant input, ConstantReader reader)
    {
        int[] order = OrderOf(node, input.Dimensions.Length), strides = Places.Strides(input.Dimensions);
        return Picked(node, input, Array.ConvertAll(order, d => input.Dimensions[d]), Array.ConvertAll(order, d => strides[d]), 0, reader);
    }

    private static OnnxConstant? Expand(NodeProto node, OnnxConstant input, OnnxGraph graph, ConstantReader reader)
    {
        if (graph.RequireConstant(node, 1).Integers is not { } target) return null;
        int[] from = input.Dimensions;
        int rank = Math.Max(from.Length, target.Length);
        long[] sizes = [.. Enumerable.Range(0, rank).Select(d => At(from, d) == 1 ? At(target, d) : At(from, d))];
        // One number may stand for many: the result is counted before positions are computed.
        int[] dimensions = reader.Reserve(node, sizes, input.Size + sizeof(int));
        if (Places.Spread(from, dimensions) is not { } strides || Enumerable.Range(0, rank).Any(d => At(target, d) != 1 && At(target, d) != dimensions[d]))
            throw node.Wrong($"cannot broadcast the shape {new Shape(from)} to [{string.Join(", ", target)}]");
        return input.Picked(dimensions, Places.Of(dimensions, strides));

        long At<T>(T[] sizes, int d) where T : struct, IConvertible => d - (rank - sizes.Length) is >= 0 and var place ? sizes[place].ToInt64(null) : 1;
    }

    private static OnnxConstant Slice(NodeProto node, OnnxConstant input, OnnxGraph graph, ConstantReader reader)
    {
        long[] starts = graph.IntegersOf(node, "starts", 1, 10) ?? throw node.Wrong("names no starts");
        long[] ends = graph.IntegersOf(node, "ends", 2, 10) ?? throw node.Wrong("names no ends");
        long[] axes = graph.IntegersOf(node, "axes", 3, 10) ?? [.. Enumerable.Range(0, starts.Length).Select(d => (long)d)];
        long[] steps = (graph.OperatorSet < 10 ? null : graph.IntegersOf(node, "steps", 4, 10)) ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw node.Wrong($"names {starts.Length} starts, {ends.Length} ends, {axes.Length} axes and {steps.Length} steps");
        node.Axes(axes, input.Dimensions.Length);
        int[] dimensions = [.. input.Dimensions], strides = Places.Strides(dimensions);
        int first = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            int d = node.Axis(axes[i], dimensions.Length);
            long size = dimensions[d], step = steps[i] == 0 ? throw node.Wrong("has a step of 0") : steps[i];
            if (size == 0) continue;
            long most = step > 0 ? size : size - 1;
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, most);
            long end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], step > 0 ? 0 : -1, most);
            dimensions[d] = (int)Int128.Max(((Int128)end - start + step - Math.Sign(step)) / step, 0);
            if (dimensions[d] == 0) continue;
            first += (int)start * strides[d];
            strides[d] = dimensions[d] == 1 ? 0 : (int)(strides[d] * step);
        }

        return Picked(node, input, dimensions, strides, first, reader);
    }

    private static OnnxConstant Gather(NodeProto node, OnnxConstant input, OnnxConstant which, ConstantReader reader)
    {
        int axis = node.Axis(node.Integer("axis", 0), input.Dimensions.Length), size = input.Dimensions[axis];
        long[] chosen = which.Integers ?? throw node.Wrong("selects by values that are not fixed whole numbers");
        int[] shape = [.. input.Dimensions[..axis], .. which.Dimensions, .. input.Dimensions[(axis + 1)..]];
        int[] dimensions = reader.Reserve(node, [.. shape.Select(d => (long)d)], input.Size + sizeof(int));
        int wrong = Array.FindIndex(chosen, c => c < -size || c >= size);
        if (wrong >= 0) throw node.Wrong($"chooses place {chosen[wrong]} of {size}");
        int outer = new Shape(input.Dimensions.AsSpan(0, axis)).Size, inner = new Shape(input.Dimensions.AsSpan(axis + 1)).Size;
        var places = new int[new Shape(dimensions).Size];
        int at = 0;
        for (int o = 0; o < outer; o++)
            foreach (long c in chosen)
                for (int i = 0; i < inner; i++) places[at++] = (o * size + (int)(c < 0 ? c + size : c)) * inner + i;
        return input.Picked(dimensions, places);
    }

    private static OnnxConstant? Concat(NodeProto node, OnnxGraph graph, ConstantReader reader)
    {
        OnnxConstant[] parts = [.. Enumerable.Range(0, node.Input.Count).Select(place => graph.RequireConstant(node, place))];
        int[] first = parts[0].Dimensions;
        int axis = node.Axis(node.Find("axis") is null && graph.OperatorSet >= 4 ? throw node.Wrong("names no axis") : node.Integer("axis", 1), first.Length);
        if (parts.FirstOrDefault(p => p.Dimensions.Length != first.Length || p.Dimensions.Where((size, d) => d != axis && size != first[d]).Any()) is { } other)
            throw node.Wrong($"joins the shapes {new Shape(first)} and {new Shape(other.Dimensions)} along axis {axis}");
        long[] shape = [.. first.Select((size, d) => d == axis ? parts.Sum(p => (long)p.Dimensions[axis]) : size)];
        return OnnxConstant.Joined(parts, reader.Reserve(node, shape, parts[0].Size), Math.Max(1, new Shape(first.AsSpan(0, axis)).Size));
    }

    private static OnnxConstant Picked(NodeProto node, OnnxConstant input, int[] dimensions, int[] strides, int first, ConstantReader reader)
        => input.Picked(reader.Reserve(node, [.. dimensions.Select(d => (long)d)], input.Size + sizeof(int)), Places.Of(dimensions, strides, first));
}
