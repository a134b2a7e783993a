using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The sum of all elements, of shape []; 0 for an empty tensor.</summary>
    public Tensor Sum() => SumOp.Apply(Flat(), 0, keepDimension: false, mean: false);

    /// <summary>The sum along one axis, which disappears or, where asked, stays with size 1.</summary>
    /// <param name="axis">The axis; −1 is the last.</param>
    /// <param name="keepDimension">Keep the axis with size 1.</param>
    public Tensor Sum(int axis, bool keepDimension = false) => SumOp.Apply(this, axis, keepDimension, mean: false);

    /// <summary>The mean of all elements, of shape [].</summary>
    /// <exception cref="InvalidOperationException">The tensor is empty.</exception>
    public Tensor Mean() => SumOp.Apply(Flat(), 0, keepDimension: false, mean: true);

    /// <summary>The mean along one axis, which disappears or, where asked, stays with size 1.</summary>
    /// <param name="axis">The axis; −1 is the last.</param>
    /// <param name="keepDimension">Keep the axis with size 1.</param>
    /// <exception cref="InvalidOperationException">The axis has size 0.</exception>
    public Tensor Mean(int axis, bool keepDimension = false) => SumOp.Apply(this, axis, keepDimension, mean: true);

    /// <summary>The biased variance along one axis, Σ(x − mean)²/n: two passes, so that large, nearly equal numbers are safe.</summary>
    /// <param name="axis">The axis; −1 is the last.</param>
    /// <param name="keepDimension">Keep the axis with size 1.</param>
    /// <exception cref="InvalidOperationException">The axis has size 0.</exception>
    public Tensor Variance(int axis, bool keepDimension = false) => (this - Mean(axis, keepDimension: true)).Square().Mean(axis, keepDimension);

    private Tensor Flat() => Rank == 1 ? this : Reshape(Count);
}

/// <summary>y = Σ x along one axis, or the mean.</summary>
internal sealed class SumOp : Op
{
    private Tensor x = null!;
    private Axes axes;
    private float scale;

    public static Tensor Apply(Tensor x, int axis, bool keepDimension, bool mean)
    {
        var axes = new Axes(x.Shape, axis);
        if (mean && axes.Size == 0) throw new InvalidOperationException($"The mean of no elements is undefined: shape {x.Shape}, axis {axis}.");
        Tape? tape = Tape.Of(x);
        Span<int> dims = stackalloc int[x.Rank];
        Tensor y = Tensor.Allocate(tape, Reduced(x.Shape, axes.Axis, keepDimension, dims));
        Reductions.Sum(x.AsReadOnlySpan(), y.AsSpan(), axes.Outer, axes.Size, axes.Inner);
        float scale = mean ? 1f / axes.Size : 1f;
        if (mean) Elementwise.Map(new Scale(axes.Size), y.AsReadOnlySpan(), y.AsSpan());
        if (tape?.Record<SumOp>(y, x) is { } op) (op.x, op.axes, op.scale) = (x, axes, scale);
        return y;
    }

    /// <summary>The dimensions of a reduction's result, written into <paramref name="dims"/>.</summary>
    public static ReadOnlySpan<int> Reduced(Shape shape, int axis, bool keepDimension, Span<int> dims)
    {
        shape.Dimensions.CopyTo(dims);
        if (keepDimension)
        {
            dims[axis] = 1;
            return dims;
        }

        dims[(axis + 1)..].CopyTo(dims[axis..]);
        return dims[..^1];
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (!places.Wants(x, out Span<float> dx, out bool accumulate)) return;
        Elementwise.Spread(new ScaledBy(scale), dy.AsReadOnlySpan(), dx, axes.Outer, axes.Size, axes.Inner, accumulate);
    }

    private readonly struct Scale(float count) : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x) => x / count;
    }
}
