using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>
    /// log Σ eˣ along one axis, which disappears or, where asked, stays with size 1. The maximum is subtracted first, so that any finite
    /// values are safe; −∞ throughout, or no element, gives −∞. Its gradient is the softmax, and 0 where the result is −∞.
    /// </summary>
    /// <param name="axis">The axis; −1 is the last.</param>
    /// <param name="keepDimension">Keep the axis with size 1.</param>
    public Tensor LogSumExp(int axis = -1, bool keepDimension = false) => LogSumExpOp.Apply(this, axis, keepDimension);
}

/// <summary>y = m + log Σ e^(x − m) along one axis, m its maximum.</summary>
internal sealed class LogSumExpOp : Op
{
    private Tensor x = null!, y = null!;
    private Axes axes;

    public static Tensor Apply(Tensor x, int axis, bool keepDimension)
    {
        var axes = new Axes(x.Shape, axis);
        Tape? tape = Tape.Of(x);
        Span<int> dims = stackalloc int[x.Rank];
        ReadOnlySpan<int> reduced = SumOp.Reduced(x.Shape, axes.Axis, keepDimension, dims);
        Tensor y = Tensor.Allocate(tape, reduced), shift = Tensor.Allocate(tape, reduced), terms = Tensor.Allocate(tape, x.Shape);
        Blocks.Fill(shift.AsSpan(), 0f);
        if (axes.Size > 0) Reductions.Max(x.AsReadOnlySpan(), shift.AsSpan(), axes.Outer, axes.Size, axes.Inner);
        Elementwise.Map(default(FiniteOrZero), shift.AsReadOnlySpan(), shift.AsSpan());
        Blocks.Fill(y.AsSpan(), 1f);
        Elementwise.MapAlong(
            default(Term), x.AsReadOnlySpan(), shift.AsReadOnlySpan(), y.AsReadOnlySpan(), terms.AsSpan(), axes.Outer, axes.Size, axes.Inner);
        Reductions.Sum(terms.AsReadOnlySpan(), y.AsSpan(), axes.Outer, axes.Size, axes.Inner);
        Elementwise.Map(default(PlusLog), shift.AsReadOnlySpan(), y.AsReadOnlySpan(), y.AsSpan());
        if (tape?.Record<LogSumExpOp>(y, x) is { } op) (op.x, op.y, op.axes) = (x, y, axes);
        return y;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        if (!places.Wants(x, out Span<float> dx, out bool accumulate)) return;
        Tensor shift = Tensor.Allocate(places.Scratch, y.Shape);
        Elementwise.Map(default(FiniteOrZero), y.AsReadOnlySpan(), shift.AsSpan());
        Elementwise.MapAlong(
            default(Term), x.AsReadOnlySpan(), shift.AsReadOnlySpan(), dy.AsReadOnlySpan(), dx, axes.Outer, axes.Size, axes.Inner, accumulate);
    }

    /// <summary>∞ − ∞ is NaN; from a shift of 0, exponentials and logarithm reach the right limits by themselves.</summary>
    private readonly struct FiniteOrZero : IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x)
            => Vector512.ConditionalSelect(Vector512.IsPositiveInfinity(x) | Vector512.IsNegativeInfinity(x), Vector512<float>.Zero, x);
    }

    /// <summary>factor·e^(x − shift).</summary>
    private readonly struct Term : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> shift, Vector512<float> factor)
            => VectorMath.ZeroWins(VectorMath.Exp(x - shift) * factor, factor);
    }

    private readonly struct PlusLog : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => x + VectorMath.Log(y);
    }
}
