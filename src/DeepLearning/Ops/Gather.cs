using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The elements at these indices along one axis, in their order: rows of a table for axis 0. An index may stand several times.</summary>
    /// <param name="axis">The axis that is looked up; −1 is the last. In the result its size is the number of indices.</param>
    /// <param name="indices">Each from 0 to the axis's size − 1; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis, or an index beyond it.</exception>
    public Tensor Gather(int axis, params ReadOnlySpan<int> indices) => GatherOp.Apply(this, axis, indices);
}

/// <summary>y[…, k, …] = x[…, indices[k], …]; backward adds dy to the rows it came from, in the order of the indices.</summary>
internal sealed class GatherOp : Op
{
    private Tensor x = null!;
    private Axes axes;
    private int[] indices = [];
    private int count;

    public static Tensor Apply(Tensor x, int axis, ReadOnlySpan<int> indices)
    {
        var axes = new Axes(x.Shape, axis);
        for (int k = 0; k < indices.Length; k++)
            if ((uint)indices[k] >= (uint)axes.Size)
                throw new ArgumentOutOfRangeException(
                    nameof(indices), indices[k], $"Index {indices[k]} at place {k} is outside axis {axis} of shape {x.Shape}: expected 0 to {axes.Size - 1}.");
        Tape? tape = Tape.Of(x);
        Span<int> dims = stackalloc int[x.Rank];
        x.Shape.Dimensions.CopyTo(dims);
        dims[axes.Axis] = indices.Length;
        Tensor y = Tensor.Allocate(tape, dims);
        ReadOnlySpan<float> source = x.AsReadOnlySpan();
        Span<float> result = y.AsSpan();
        for (int o = 0, to = 0; o < axes.Outer; o++)
            for (int k = 0; k < indices.Length; k++, to += axes.Inner)
                source.Slice((o * axes.Size + indices[k]) * axes.Inner, axes.Inner).CopyTo(result[to..]);
        if (tape?.Record<GatherOp>(y, x) is { } op) op.Keep(x, axes, indices);
        return y;
    }

    public override void Backward(Tensor dy, Tape tape)
    {
        if (!tape.Wants(x, out Span<float> dx, out bool accumulate)) return;
        if (!accumulate) dx.Clear();
        ReadOnlySpan<float> d = dy.AsReadOnlySpan();
        for (int o = 0, from = 0; o < axes.Outer; o++)
            for (int k = 0; k < count; k++, from += axes.Inner)
            {
                int to = (o * axes.Size + indices[k]) * axes.Inner;
                if (axes.Inner == 1) dx[to] += d[from];
                else Elementwise.Map(default(ReshapeOp.Same), d.Slice(from, axes.Inner), dx.Slice(to, axes.Inner), accumulate: true);
            }
    }

    private void Keep(Tensor source, Axes seen, ReadOnlySpan<int> places)
    {
        if (indices.Length < places.Length) indices = new int[places.Length];
        places.CopyTo(indices);
        (x, axes, count) = (source, seen, places.Length);
    }
}
