using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The largest of all elements, of shape []; NaN if any is NaN. Equal largest elements share the gradient equally.</summary>
    /// <exception cref="InvalidOperationException">The tensor is empty.</exception>
    public Tensor Max() => MaxOp.Apply(Reshape(Count), 0, keepDimension: false);

    /// <summary>
    /// The largest along one axis, which disappears or, where asked, stays with size 1; NaN if any is NaN. Equal largest elements share
    /// the gradient equally.
    /// </summary>
    /// <param name="axis">The axis; −1 is the last.</param>
    /// <param name="keepDimension">Keep the axis with size 1.</param>
    /// <exception cref="InvalidOperationException">The axis has size 0.</exception>
    public Tensor Max(int axis, bool keepDimension = false) => MaxOp.Apply(this, axis, keepDimension);

    /// <summary>The smallest of all elements, of shape []; NaN if any is NaN. Equal smallest elements share the gradient equally.</summary>
    /// <exception cref="InvalidOperationException">The tensor is empty.</exception>
    public Tensor Min() => -(-this).Max();

    /// <summary>
    /// The smallest along one axis, which disappears or, where asked, stays with size 1; NaN if any is NaN. Equal smallest elements share
    /// the gradient equally.
    /// </summary>
    /// <param name="axis">The axis; −1 is the last.</param>
    /// <param name="keepDimension">Keep the axis with size 1.</param>
    /// <exception cref="InvalidOperationException">The axis has size 0.</exception>
    public Tensor Min(int axis, bool keepDimension = false) => -(-this).Max(axis, keepDimension);
}

/// <summary>y = max x along one axis.</summary>
internal sealed class MaxOp : Op
{
    private Tensor x = null!, y = null!;
    private Axes axes;

    public static Tensor Apply(Tensor x, int axis, bool keepDimension)
    {
        var axes = new Axes(x.Shape, axis);
        if (axes.Size == 0) throw new InvalidOperationException($"The largest or smallest of no elements is undefined: shape {x.Shape}, axis {axis}.");
        Tape? tape = Tape.Of(x);
        Span<int> dims = stackalloc int[x.Rank];
        Tensor y = Tensor.Allocate(tape, SumOp.Reduced(x.Shape, axes.Axis, keepDimension, dims));
        Reductions.Max(x.AsReadOnlySpan(), y.AsSpan(), axes.Outer, axes.Size, axes.Inner);
        if (tape?.Record<MaxOp>(y, x) is { } op) (op.x, op.y, op.axes) = (x, y, axes);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (!places.Wants(x, out Span<float> dx, out bool accumulate)) return;
        Reductions.MaxBackward(
            x.AsReadOnlySpan(), y.AsReadOnlySpan(), dy.AsReadOnlySpan(), dx, axes.Outer, axes.Size, axes.Inner, accumulate);
    }
}
