using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// How two shapes broadcast before operator set 7: only the second input is broadcast, only if <c>broadcast</c> is 1, starting at the dimension <c>axis</c>;
/// without an axis at the end, as today.
/// </summary>
internal static class OldBroadcast
{
    /// <summary>The second input in the shape that is equivalent under today's rules.</summary>
    /// <param name="node">The node.</param>
    /// <param name="second">Its second input.</param>
    /// <param name="first">The dimensions of its first input; an open batch is 0.</param>
    /// <exception cref="ModelFormatException">The shapes do not fit under these rules.</exception>
    public static OnnxConstant Aligned(NodeProto node, OnnxConstant second, ReadOnlySpan<int> first)
    {
        int[] own = second.Dimensions;
        if (own.AsSpan().SequenceEqual(first)) return second;
        if (node.Integer("broadcast", 0) == 0)
            throw node.Wrong($"takes a constant of shape {new Shape(own)} without broadcast = 1, which operator sets before 7 need for another shape");
        if (node.Find("axis") is null) return second;
        int axis = node.Axis(node.Integer("axis", 0), first.Length);
        if (axis + own.Length > first.Length)
            throw node.Wrong($"broadcasts a constant of shape {new Shape(own)} from axis {axis} of {first.Length} dimensions, beyond the last");
        return second.Shaped([.. own, .. Enumerable.Repeat(1, first.Length - axis - own.Length)]);
    }
}
