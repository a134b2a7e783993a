using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The matrix product op(x)·op(y): [m, k]·[k, n] gives [m, n]. Either side is transposed where asked, without a copy.</summary>
    /// <param name="other">The right operand, [k, n], or [n, k] where <paramref name="transposeOther"/>.</param>
    /// <param name="transposeThis">This tensor is [k, m].</param>
    /// <param name="transposeOther">The other is [n, k].</param>
    /// <exception cref="ShapeMismatchException">An operand is not a matrix, or the inner dimensions differ.</exception>
    public Tensor MatMul(Tensor other, bool transposeThis = false, bool transposeOther = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        return MatMulOp.Apply(this, other, transposeThis, transposeOther);
    }
}

/// <summary>c = op(a)·op(b).</summary>
internal sealed class MatMulOp : Op
{
    private Tensor a = null!, b = null!;
    private bool transposeA, transposeB;

    public static Tensor Apply(Tensor a, Tensor b, bool transposeA, bool transposeB)
    {
        if (a.Rank != 2 || b.Rank != 2 || a.Shape[transposeA ? 0 : 1] != b.Shape[transposeB ? 1 : 0])
            throw new ShapeMismatchException($"A matrix product needs [m, k]·[k, n], got {Named(a, transposeA)}·{Named(b, transposeB)}.");
        int m = a.Shape[transposeA ? 1 : 0], k = a.Shape[transposeA ? 0 : 1], n = b.Shape[transposeB ? 0 : 1];
        Tape? tape = Tape.Of(a, b);
        Tensor c = Tensor.Allocate(tape, [m, n]);
        Gemm.Multiply(a.AsReadOnlySpan(), transposeA, b.AsReadOnlySpan(), transposeB, c.AsSpan(), m, n, k);
        if (tape?.Record<MatMulOp>(c, a, b) is { } op) (op.a, op.b, op.transposeA, op.transposeB) = (a, b, transposeA, transposeB);
        return c;
    }

    public override void Backward(Tensor dy, Tape tape)
    {
        int m = dy.Shape[0], n = dy.Shape[1], k = a.Shape[transposeA ? 0 : 1];
        if (tape.Wants(a, out Span<float> da, out bool addA))
        {
            // op(a) = a: da = dc·op(b)ᵀ. op(a) = aᵀ: da = op(b)·dcᵀ.
            if (!transposeA) Gemm.Multiply(dy.AsReadOnlySpan(), false, b.AsReadOnlySpan(), !transposeB, da, m, k, n, addA);
            else Gemm.Multiply(b.AsReadOnlySpan(), transposeB, dy.AsReadOnlySpan(), true, da, k, m, n, addA);
        }

        if (tape.Wants(b, out Span<float> db, out bool addB))
        {
            // op(b) = b: db = op(a)ᵀ·dc. op(b) = bᵀ: db = dcᵀ·op(a).
            if (!transposeB) Gemm.Multiply(a.AsReadOnlySpan(), !transposeA, dy.AsReadOnlySpan(), false, db, k, n, m, addB);
            else Gemm.Multiply(dy.AsReadOnlySpan(), true, a.AsReadOnlySpan(), transposeA, db, n, k, m, addB);
        }
    }

    private static string Named(Tensor x, bool transposed) => transposed ? $"{x.Shape}ᵀ" : x.Shape.ToString();
}
