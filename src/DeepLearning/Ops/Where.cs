using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>
    /// x where the condition is not 0, else y; element by element, all three broadcast. The gradient goes to the chosen side alone; no gradient flows to the
    /// condition. A NaN or an infinity on the other side does not leak, neither into the result nor into the gradients of what that side was computed
    /// from by elementwise operations, sums, maxima and softmaxes: √x, log x or 1/x may be masked. A matrix product before the mask has no such rule:
    /// there 0·NaN is NaN.
    /// </summary>
    /// <param name="condition">0 for no, anything else for yes: what <see cref="Greater"/> and its kin return.</param>
    /// <param name="x">The values where yes.</param>
    /// <param name="y">The values where no.</param>
    /// <exception cref="ShapeMismatchException">The shapes do not broadcast, or two of different rank would both be repeated (see the operator +).</exception>
    public static Tensor Where(Tensor condition, Tensor x, Tensor y) => WhereOp.Apply(condition, x, y);
}

/// <summary>z = c ≠ 0 ? x : y.</summary>
internal sealed class WhereOp : Op
{
    private Tensor condition = null!, x = null!, y = null!;

    public static Tensor Apply(Tensor condition, Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Tape? tape = Tape.Of(condition, x, y);
        Span<int> pair = stackalloc int[Math.Max(x.Rank, y.Rank)], dims = stackalloc int[Math.Max(condition.Rank, pair.Length)];
        Broadcast.CommonShape(x.Shape, y.Shape, pair);
        Broadcast.CommonShape(condition.Shape, pair, dims);
        RequireOneRepeated(x.Shape, y.Shape);
        RequireOneRepeated(condition.Shape, x.Shape);
        RequireOneRepeated(condition.Shape, y.Shape);
        Tensor z = Tensor.Allocate(tape, dims);
        ITensorOwner? scratch = tape?.Scratch;
        Tensor wholeC = Broadcast.Expand(condition, dims, scratch), wholeX = Broadcast.Expand(x, dims, scratch), wholeY = Broadcast.Expand(y, dims, scratch);
        Elementwise.Map(default(Choose), wholeC.AsReadOnlySpan(), wholeX.AsReadOnlySpan(), wholeY.AsReadOnlySpan(), z.AsSpan());
        if (tape?.Record<WhereOp>(z, x, y) is { } op) (op.condition, op.x, op.y) = (condition, x, y);
        return z;
    }

    private static void RequireOneRepeated(Shape a, Shape b)
    {
        Span<int> common = stackalloc int[Math.Max(a.Rank, b.Rank)];
        Broadcast.CommonShape(a, b, common);
        Broadcast.RequireOneRepeated(a, b, common);
    }

    public override void Backward(Tensor dz, GradientPlaces places)
    {
        Tensor wholeC = Broadcast.Expand(condition, dz.Shape, places.Scratch);
        if (places.Tracks(x)) Accumulate(default(IfTrue), x, wholeC, dz, places);
        if (places.Tracks(y)) Accumulate(default(IfFalse), y, wholeC, dz, places);
    }

    private static void Accumulate<TSide>(TSide side, Tensor operand, Tensor wholeC, Tensor dz, GradientPlaces places) where TSide : struct, IBinary
    {
        if (operand.Shape == dz.Shape)
        {
            places.Wants(operand, out Span<float> direct, out bool add);
            Elementwise.Map(side, wholeC.AsReadOnlySpan(), dz.AsReadOnlySpan(), direct, add);
            return;
        }

        Tensor whole = Tensor.Allocate(places.Scratch, dz.Shape);
        Elementwise.Map(side, wholeC.AsReadOnlySpan(), dz.AsReadOnlySpan(), whole.AsSpan());
        places.Wants(operand, out Span<float> reduced, out bool accumulate);
        Broadcast.SumTo(whole, operand.Shape, reduced, accumulate, places.Scratch);
    }

    private readonly struct Choose : ITernary
    {
        public Vector512<float> Invoke(Vector512<float> c, Vector512<float> x, Vector512<float> y)
            => Vector512.ConditionalSelect(Vector512.Equals(c, Vector512<float>.Zero), y, x);
    }

    private readonly struct IfTrue : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> c, Vector512<float> dz)
            => Vector512.ConditionalSelect(Vector512.Equals(c, Vector512<float>.Zero), Vector512<float>.Zero, dz);
    }

    private readonly struct IfFalse : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> c, Vector512<float> dz)
            => Vector512.ConditionalSelect(Vector512.Equals(c, Vector512<float>.Zero), dz, Vector512<float>.Zero);
    }
}
