using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Makes a matrix nearly orthogonal: X = U/(‖U‖ + 1e-7), then X = a·X + (b·A + c·A²)·X with A = X·Xᵀ, a, b, c = 3.4445, −4.775, 2.0315. Singular values move to
/// about 1, between 0.7 and 1.2; singular vectors stay. For a tall matrix, the transpose: A = Xᵀ·X, X·(b·A + c·A²). Jordan et al. 2024; Bernstein and Newhouse
/// 2024.
/// </summary>
/// <param name="rows">Rows of U.</param>
/// <param name="columns">Columns of U.</param>
/// <param name="u">U; overwritten.</param>
/// <param name="other">Memory of its size.</param>
/// <param name="a">Memory for a square of the shorter side.</param>
/// <param name="b">The same again.</param>
internal readonly ref struct NewtonSchulz(int rows, int columns, Span<float> u, Span<float> other, Span<float> a, Span<float> b)
{
    private const float First = 3.4445f, Third = -4.775f, Fifth = 2.0315f;

    private readonly Span<float> u = u, other = other, a = a, b = b;

    /// <summary>The result, in one of the buffers.</summary>
    public ReadOnlySpan<float> Run(int steps)
    {
        Span<float> x = u, next = other;
        Elementwise.Map(new ScaledBy((float)(1 / (Math.Sqrt(Reductions.Dot(x, x)) + 1e-7))), x, x);
        for (int step = 0; step < steps; step++)
        {
            Step(x, next);
            Span<float> spare = x;
            x = next;
            next = spare;
        }

        return x;
    }

    private void Step(ReadOnlySpan<float> x, Span<float> next)
    {
        bool tall = rows > columns;
        (int side, int depth) = tall ? (columns, rows) : (rows, columns);
        Gemm.Multiply(x, tall, x, !tall, a, side, side, depth);
        Gemm.Multiply(a, false, a, false, b, side, side, side);
        Elementwise.Map(new Polynomial(), a, b, b);
        Elementwise.Map(new ScaledBy(First), x, next);
        if (tall) Gemm.Multiply(x, false, b, false, next, rows, columns, side, accumulate: true);
        else Gemm.Multiply(b, false, x, false, next, rows, columns, side, accumulate: true);
    }

    /// <summary>b·A + c·A².</summary>
    private readonly struct Polynomial : IBinary
    {
        public Vector512<float> Invoke(Vector512<float> matrix, Vector512<float> square) => matrix * Third + square * Fifth;
    }
}
