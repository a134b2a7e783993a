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

    /// <summary>
    /// A part of the tensor, as a copy through which gradients flow: <c>t[..4]</c> is the first four rows, <c>t[.., 2]</c> a column, <c>t[^1]</c> the last
    /// row. A range keeps its axis, a single place drops it, and axes that are not named are taken whole. With ints alone, one for each dimension, the
    /// other indexer gives the number; <c>t[0, ..]</c> is the first row.
    /// </summary>
    /// <param name="indices">A place or a range for each axis, from the first on; no more than there are dimensions.</param>
    /// <exception cref="ArgumentException">More indices than dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A place or a range leaves its axis.</exception>
    public Tensor this[params ReadOnlySpan<TensorIndex> indices]
    {
        get
        {
            if (indices.Length > Rank)
                throw new ArgumentException($"A tensor of shape {Shape} takes at most {Rank} indices, got {indices.Length}.", nameof(indices));
            Tensor part = this;
            for (int axis = 0; axis < indices.Length; axis++)
            {
                (int start, int length) = indices[axis].On(Shape, axis, nameof(indices));
                // Where nothing is cut there is still one copy, so that a part never shares its source's values.
                if (length < Shape[axis] || (axis == indices.Length - 1 && part == this)) part = SliceOp.Apply(part, axis, start, length);
            }

            Span<int> kept = stackalloc int[Rank];
            int rank = 0;
            for (int axis = 0; axis < Rank; axis++)
                if (axis >= indices.Length || !indices[axis].IsSingle) kept[rank++] = part.Shape[axis];
            return rank == Rank ? part : ReshapeOp.Apply(part, kept[..rank]);
        }
    }
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
        Tensor y = Tensor.AllocateLike(x, tape, dims);
        int row = axes.Size * axes.Inner, part = length * axes.Inner;
        Blocks.Copy(x.Bits, start * axes.Inner, row, y.Bits, 0, part, part, axes.Outer);
        if (tape?.Record<SliceOp>(y, x) is { } op) (op.x, op.axes, op.start, op.length) = (x, axes, start, length);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (!places.Wants(x, out Span<float> dx, out bool accumulate)) return;
        if (!accumulate) Blocks.Fill(dx, 0f);
        int row = axes.Size * axes.Inner, part = length * axes.Inner;
        Blocks.Copy(dy.AsReadOnlySpan(), 0, part, dx, start * axes.Inner, row, part, axes.Outer, accumulate);
    }
}
