namespace DeepLearning.Kernels;

/// <summary>Matrix product C = op(A)·op(B) (+ C) (+ bias), row-major.</summary>
internal static class Gemm
{
    /// <summary>
    /// C[m, n] = op(A)[m, k] · op(B)[k, n]; op transposes where asked: a transposed A is stored [k, m], a transposed B [n, k].
    /// Every element of C is one chain of fused multiply-adds over k in ascending order (starting from C where
    /// <paramref name="accumulate"/>, else from 0), so its bits depend neither on tiles nor on threads; then the bias is added.
    /// </summary>
    /// <param name="a">op(A), m·k values.</param>
    /// <param name="transposeA">A is stored [k, m].</param>
    /// <param name="b">op(B), k·n values.</param>
    /// <param name="transposeB">B is stored [n, k].</param>
    /// <param name="c">Result, m·n values; overlaps no operand.</param>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns of the result.</param>
    /// <param name="k">Length of each sum.</param>
    /// <param name="accumulate">Add to C instead of replacing it.</param>
    /// <param name="bias">Empty, or n values added to each row of the result.</param>
    public static void Multiply(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c,
        int m, int n, int k, bool accumulate = false, ReadOnlySpan<float> bias = default)
    {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                float sum = accumulate ? c[i * n + j] : 0f;
                for (int p = 0; p < k; p++)
                    sum = MathF.FusedMultiplyAdd(transposeA ? a[p * m + i] : a[i * k + p], transposeB ? b[j * k + p] : b[p * n + j], sum);
                c[i * n + j] = bias.IsEmpty ? sum : sum + bias[j];
            }
    }
}
