using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>
    /// The matrix product op(x)·op(y) over the last two axes: [m, k]·[k, n] gives [m, n]. Tensors of more axes are stacks of matrices, […, m, k]·[…, k, n]:
    /// a matrix goes with every matrix of a stack, and a leading dimension of 1 is repeated. Either side is transposed where asked, without a copy. As
    /// PyTorch's <c>matmul</c>, but that vectors are refused, and so are stacks of different rank that would both be repeated.
    /// </summary>
    /// <param name="other">The right operand, […, k, n], or […, n, k] where <paramref name="transposeOther"/>.</param>
    /// <param name="transposeThis">This tensor is […, k, m].</param>
    /// <param name="transposeOther">The other is […, n, k].</param>
    /// <exception cref="ShapeMismatchException">An operand has fewer than two axes, the inner dimensions differ, or the leading ones do not broadcast.</exception>
    public Tensor MatMul(Tensor other, bool transposeThis = false, bool transposeOther = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        return MatMulOp.Apply(this, other, transposeThis, transposeOther);
    }
}

/// <summary>c = op(a)·op(b) for each matrix of a stack; da = dc·op(b)ᵀ and db = op(a)ᵀ·dc or their transposes, added up where an operand was repeated.</summary>
internal sealed class MatMulOp : Op
{
    private Tensor a = null!, b = null!;
    private bool transposeA, transposeB;

    public static Tensor Apply(Tensor a, Tensor b, bool transposeA, bool transposeB)
    {
        if (a.Rank < 2 || b.Rank < 2 || a.Shape[transposeA ? -2 : -1] != b.Shape[transposeB ? -1 : -2])
            throw new ShapeMismatchException($"A matrix product needs […, m, k]·[…, k, n], got {Named(a, transposeA)}·{Named(b, transposeB)}.");
        Span<int> dims = stackalloc int[Math.Max(a.Rank, b.Rank)];
        RequireStacks(a, b, dims[..^2]);
        (dims[^2], dims[^1]) = (a.Shape[transposeA ? -1 : -2], b.Shape[transposeB ? -2 : -1]);
        Tape? tape = Tape.Of(a, b);
        Tensor c = Tensor.Allocate(tape, dims);
        Multiply(a, transposeA, b, transposeB, c.AsSpan(), c.Shape, dims[..^2], a.Shape[transposeA ? -2 : -1], accumulate: false);
        if (tape?.Record<MatMulOp>(c, a, b) is { } op) (op.a, op.b, op.transposeA, op.transposeB) = (a, b, transposeA, transposeB);
        return c;
    }

    public override void Backward(Tensor dy, GradientPlaces places)
    {
        int m = dy.Shape[-2], n = dy.Shape[-1];
        ReadOnlySpan<int> stack = dy.Shape.Dimensions[..^2];
        if (places.Wants(a, out Span<float> da, out bool addA))
        {
            // op(a) = a: da = dc·op(b)ᵀ. op(a) = aᵀ: da = op(b)·dcᵀ.
            if (!transposeA) Multiply(dy, false, b, !transposeB, da, a.Shape, stack, n, addA);
            else Multiply(b, transposeB, dy, true, da, a.Shape, stack, n, addA);
        }

        if (places.Wants(b, out Span<float> db, out bool addB))
        {
            // op(b) = b: db = op(a)ᵀ·dc. op(b) = bᵀ: db = dcᵀ·op(a).
            if (!transposeB) Multiply(a, !transposeA, dy, false, db, b.Shape, stack, m, addB);
            else Multiply(dy, true, a, transposeA, db, b.Shape, stack, m, addB);
        }
    }

    /// <summary>z (+)= op(x)·op(y) at each place of a stack; what has fewer matrices is repeated, or, as z, the sum of its products.</summary>
    private static void Multiply(
        Tensor x, bool transposeX, Tensor y, bool transposeY, Span<float> z, ReadOnlySpan<int> shape, ReadOnlySpan<int> stack, int k, bool accumulate)
    {
        int m = shape[^2], n = shape[^1];
        Span<int> steps = stackalloc int[3 * stack.Length];
        Span<int> stepsX = steps[..stack.Length], stepsY = steps.Slice(stack.Length, stack.Length), stepsZ = steps[(2 * stack.Length)..];
        Broadcast.Strides(x.Shape.Dimensions[..^2], stepsX, m * k);
        Broadcast.Strides(y.Shape.Dimensions[..^2], stepsY, k * n);
        Broadcast.Strides(shape[..^2], stepsZ, m * n);
        GemmStack.Multiply(x.AsReadOnlySpan(), transposeX, stepsX, y.AsReadOnlySpan(), transposeY, stepsY, z, stepsZ, stack, m, n, k, accumulate);
    }

    /// <summary>The common leading dimensions of two operands.</summary>
    private static void RequireStacks(Tensor a, Tensor b, Span<int> stack)
    {
        ReadOnlySpan<int> left = a.Shape.Dimensions[..^2], right = b.Shape.Dimensions[..^2];
        Broadcast.CommonShape(left, right, stack);
        if (left.Length == right.Length || !Broadcast.Grows(left, stack) || !Broadcast.Grows(right, stack)) return;
        throw new ShapeMismatchException(
            $"Stacks of matrices {a.Shape} and {b.Shape} have different ranks, and both would be repeated, to {Shape.Format(stack)}: "
            + "write the missing dimensions of 1 (Reshape, ExpandDims).");
    }

    private static string Named(Tensor x, bool transposed) => transposed ? $"{x.Shape}ᵀ" : x.Shape.ToString();
}
