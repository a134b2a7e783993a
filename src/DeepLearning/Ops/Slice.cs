using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The elements start … start + length − 1 along one axis, as a copy: <c>[5, 3].Slice(0, 1, 2)</c> is rows 1 and 2.</summary>
    /// <param name="axis">The axis that is cut; −1 is the last.</param>
    /// <param name="start">The first index, ≥ 0.</param>
    /// <param name="length">How many, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis, or the range leaves it.</exception>
    public Tensor Slice(int axis, int start, int length) => SliceOp.Apply(this, axis, start, length);
}

/// <summary>y = x[…, start … start + length − 1, …].</summary>
internal sealed class SliceOp : Op
{
    private Tensor x = null!;
    private Axes axes;
    private int start, length;

    public static Tensor Apply(Tensor x, int axis, int start, int length)
    {
        var axes = new Axes(x.Shape, axis);
        if (start < 0 || start > axes.Size)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"Axis {axis} of shape {x.Shape} is cut from 0 to {axes.Size}, got start {start}.");
        if (length < 0 || length > axes.Size - start)
            throw new ArgumentOutOfRangeException(
                nameof(length), length, $"Axis {axis} of shape {x.Shape} has {axes.Size - start} elements from {start} on, got length {length}.");
        Tape? tape = Tape.Of(x);
        Span<int> dims = stackalloc int[x.Rank];
        x.Shape.Dimensions.CopyTo(dims);
        dims[axes.Axis] = length;
        Tensor y = Tensor.Allocate(tape, dims);
        int row = axes.Size * axes.Inner, part = length * axes.Inner;
        for (int o = 0; o < axes.Outer; o++)
            x.AsReadOnlySpan().Slice(o * row + start * axes.Inner, part).CopyTo(y.AsSpan()[(o * part)..]);
        if (tape?.Record<SliceOp>(y, x) is { } op) (op.x, op.axes, op.start, op.length) = (x, axes, start, length);
        return y;
    }

    public override void Backward(Tensor dy, Tape tape)
    {
        if (!tape.Wants(x, out Span<float> dx, out bool accumulate)) return;
        if (!accumulate) dx.Clear();
        int row = axes.Size * axes.Inner, part = length * axes.Inner;
        for (int o = 0; o < axes.Outer; o++)
            Elementwise.Map(default(ReshapeOp.Same), dy.AsReadOnlySpan().Slice(o * part, part), dx.Slice(o * row + start * axes.Inner, part), accumulate);
    }
}
