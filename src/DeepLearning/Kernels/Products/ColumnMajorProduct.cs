using System.Buffers;
using System.Numerics.Tensors;

namespace DeepLearning.Kernels;

/// <summary>
/// C = α·op(A)·op(B) + β·C over column-major arrays, with the meaning of the BLAS routine GEMM: <c>c[i + j·m] = α·Σ a[i, p]·b[p, j] + β·c[i + j·m]</c>. A
/// column-major array is the row-major array of its transpose, so this is <see cref="Gemm"/> on Cᵀ = op(B)ᵀ·op(A)ᵀ, with its tiles and lanes.
/// </summary>
internal static class ColumnMajorProduct
{
    /// <summary>
    /// C[m, n] = α·op(A)[m, k]·op(B)[k, n] + β·C; op transposes where asked. Where β is 0, C is not read; where α is 0, A and B are not. The product is rounded
    /// once more where α is not 1, and so are β·C and the sum; only α = β = 1 sums into C. C may be the array of an operand.
    /// </summary>
    /// <param name="alpha">Factor on the product.</param>
    /// <param name="a">op(A), m·k values.</param>
    /// <param name="transposeA">A is stored [k, m].</param>
    /// <param name="b">op(B), k·n values.</param>
    /// <param name="transposeB">B is stored [n, k].</param>
    /// <param name="beta">Factor on what C holds.</param>
    /// <param name="c">Result, m·n values.</param>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns of the result.</param>
    /// <param name="k">Length of each sum.</param>
    public static void Multiply(float alpha, float[] a, bool transposeA, float[] b, bool transposeB, float beta, float[] c, int m, int n, int k)
    {
        if (alpha == 0)
        {
            if (beta == 0) Array.Clear(c);
            else TensorPrimitives.Multiply(c, beta, c);
            return;
        }

        bool aliased = ReferenceEquals(c, a) || ReferenceEquals(c, b), accumulate = alpha == 1 && beta == 1;
        if (!aliased && (beta == 0 || accumulate))
        {
            Product(a, transposeA, b, transposeB, c, m, n, k, accumulate);
            if (alpha != 1) TensorPrimitives.Multiply(c, alpha, c);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(c.Length);
        Span<float> product = rented.AsSpan(0, c.Length);
        Product(a, transposeA, b, transposeB, product, m, n, k, accumulate: false);
        if (alpha != 1) TensorPrimitives.Multiply(product, alpha, product);
        if (beta == 0) product.CopyTo(c);
        else
        {
            if (beta != 1) TensorPrimitives.Multiply(c, beta, c);
            TensorPrimitives.Add(c, product, c);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>
    /// Column-major storage is the transpose in row-major order, and Cᵀ = op(B)ᵀ·op(A)ᵀ: the operands change places, the flags stay. A single row is stored
    /// alike in both orders; as the only row of the kernel's result it costs no packing. The bits are the same either way.
    /// </summary>
    private static void Product(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c, int m, int n, int k, bool accumulate)
    {
        if (m == 1) Gemm.Multiply(a, false, b, !transposeB, c, 1, n, k, accumulate);
        else Gemm.Multiply(b, transposeB, a, transposeA, c, n, m, k, accumulate);
    }
}
