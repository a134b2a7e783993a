using System.Globalization;
using System.Runtime.CompilerServices;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The elements at these indices along one axis, in their order: rows of a table for axis 0. An index may appear several times.</summary>
    /// <param name="axis">The axis that is looked up; −1 is the last. In the result its size is the number of indices.</param>
    /// <param name="indices">Each from 0 to the axis's size − 1; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such axis, or an index is outside it.</exception>
    [OverloadResolutionPriority(1)] // So that an int[] are indices, although it converts to a tensor of values too.
    public Tensor Gather(int axis, params ReadOnlySpan<int> indices) => GatherOp.Apply(this, axis, indices, [indices.Length]);

    /// <summary>
    /// The elements at these indices along one axis, which is replaced by the indices' dimensions: a table [words, features] gathered along 0 by [batch,
    /// length] gives [batch, length, features]. What an embedding does; its gradient is added up at each index. As NumPy's <c>take</c>.
    /// </summary>
    /// <param name="axis">The axis that is looked up; −1 is the last.</param>
    /// <param name="indices">Of any shape, made by <see cref="FromIndices(ReadOnlySpan{int}, Shape)"/>; each from 0 to the axis's size − 1.</param>
    /// <exception cref="ArgumentException">The indices are float32 values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No such axis, or an index is outside it; the message says which and where.</exception>
    public Tensor Gather(int axis, Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return indices.IsInteger
            ? GatherOp.Apply(this, axis, indices.AsIntegers(), indices.Shape)
            : throw new ArgumentException(
                $"Indices are integers, got a tensor of float32 values of shape {indices.Shape}: make it by {nameof(Tensor)}.{nameof(FromIndices)}.", nameof(indices));
    }
}

/// <summary>y[o, k, i] = x[o, indices[k], i] with x seen as [outer, axis, inner]; dx[o, indices[k], i] += dy[o, k, i], k ascending.</summary>
internal sealed class GatherOp : Op
{
    private Tensor x = null!;
    private Axes axes;
    private int[] indices = [];
    private int count;

    /// <param name="x">What is looked up in.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="indices">Places on it; copied.</param>
    /// <param name="shape">The dimensions of the indices, which replace the axis.</param>
    public static Tensor Apply(Tensor x, int axis, ReadOnlySpan<int> indices, ReadOnlySpan<int> shape)
    {
        var axes = new Axes(x.Shape, axis);
        int wrong = Search.FirstOutside(indices, axes.Size);
        if (wrong >= 0) Refuse(x.Shape, axis, axes.Size, indices, wrong, shape);
        Tape? tape = Tape.Of(x);
        Span<int> dims = stackalloc int[x.Rank - 1 + shape.Length];
        x.Shape.Dimensions[..axes.Axis].CopyTo(dims);
        shape.CopyTo(dims[axes.Axis..]);
        x.Shape.Dimensions[(axes.Axis + 1)..].CopyTo(dims[(axes.Axis + shape.Length)..]);
        Tensor y = Tensor.AllocateLike(x, tape, dims);
        Blocks.Gather(x.Bits, indices, y.Bits, axes.Outer, axes.Size, axes.Inner);
        if (tape?.Record<GatherOp>(y, x) is { } op) op.Keep(x, axes, indices);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (!places.Wants(x, out Span<float> dx, out bool accumulate)) return;
        if (!accumulate) Blocks.Fill(dx, 0f);
        Blocks.ScatterAdd(dy.AsReadOnlySpan(), indices.AsSpan(0, count), dx, axes.Outer, axes.Size, axes.Inner);
    }

    private void Keep(Tensor source, Axes seen, ReadOnlySpan<int> places)
    {
        if (indices.Length < places.Length) indices = new int[places.Length];
        places.CopyTo(indices);
        (x, axes, count) = (source, seen, places.Length);
    }

    private static void Refuse(Shape x, int axis, int size, ReadOnlySpan<int> indices, int wrong, ReadOnlySpan<int> shape)
    {
        string place = shape.Length == 1 ? wrong.ToString(CultureInfo.InvariantCulture) : Tensor.PlaceOf(wrong, new Shape(shape));
        throw new ArgumentOutOfRangeException(
            nameof(indices), indices[wrong], $"Index {indices[wrong]} at place {place} is outside axis {axis} of shape {x}: expected 0 to {size - 1}.");
    }
}
