using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>
/// Matrix product C = op(A)·op(B) (+ C) (+ bias), row-major: checks its arguments, then picks the vector width and the way. Every way equals, for all i and j,
/// <c>s = accumulate ? c[i, j] : 0; for p ascending: s = fma(a[i, p], b[p, j], s); c[i, j] = s (+ bias[j])</c>. Tiles and lanes are those of
/// <see cref="GemmSmall{TLanes, V}"/> and <see cref="GemmBlocked"/>; a lane is always a column of C.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Multiply-adds up to which packing costs more than it saves.</summary>
    private const int SmallWork = 1 << 17;

    /// <summary>Rows up to which packing does not pay: B would be read too few times, or only once where it must be packed anyway.</summary>
    private const int FewRows = 8, FewRowsPacked = 4;

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
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    /// <exception cref="ArgumentException">A span is shorter than its dimensions, or the result overlaps an operand.</exception>
    public static void Multiply(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c,
        int m, int n, int k, bool accumulate = false, ReadOnlySpan<float> bias = default)
    {
        Check(a, b, c, m, n, k, bias);
        fixed (float* pa = a, pb = b, pc = c, pd = bias)
        {
            var task = new GemmTask
            {
                A = pa,
                B = pb,
                C = pc,
                Bias = pd,
                TransposeA = transposeA,
                TransposeB = transposeB,
                Accumulate = accumulate,
                M = m,
                N = n,
                K = k,
            };
            Multiply(task);
        }
    }

    /// <summary>The product at the widest vectors that the machine has.</summary>
    public static void Multiply(in GemmTask task)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported) Multiply<Lanes512, Vector512<float>>(task);
        else if (Vector256.IsHardwareAccelerated && Fma.IsSupported) Multiply<Lanes256, Vector256<float>>(task);
        else Multiply<Lanes128, Vector128<float>>(task);
    }

    /// <summary>The product at one vector width; all give the same bits.</summary>
    public static void Multiply<TLanes, V>(in GemmTask task) where TLanes : struct, ILanes<V> where V : struct
    {
        if (task.M == 0 || task.N == 0) return;
        bool fewRows = task.M <= (task.TransposeB ? FewRowsPacked : FewRows);
        if (fewRows || task.K == 0 || (long)task.M * task.N * task.K <= SmallWork) GemmSmall<TLanes, V>.Multiply(task);
        else MultiplyBlocked<MicroKernel<TLanes, V>>(task);
    }

    /// <summary>The product of packed blocks, on as many threads as it is worth.</summary>
    public static void MultiplyBlocked<TKernel>(in GemmTask task) where TKernel : struct, IMicroKernel
    {
        var grid = new GemmGrid<TKernel>(task, GemmThreads.Parts(task));
        WorkerPool.Run(ref grid, grid.Parts);
    }

    private static void Check(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int m, int n, int k, ReadOnlySpan<float> bias)
    {
        if ((m | n | k) < 0) ThrowNegative(m, n, k);
        if (a.Length < (long)m * k) ThrowShort(nameof(a), "m·k", (long)m * k, a.Length);
        if (b.Length < (long)k * n) ThrowShort(nameof(b), "k·n", (long)k * n, b.Length);
        if (c.Length < (long)m * n) ThrowShort(nameof(c), "m·n", (long)m * n, c.Length);
        if (!bias.IsEmpty && bias.Length < n) ThrowShort(nameof(bias), "n", n, bias.Length);
        ReadOnlySpan<float> result = c[..(m * n)];
        if (result.Overlaps(a[..(m * k)]) || result.Overlaps(b[..(k * n)]) || result.Overlaps(bias)) ThrowOverlap();
    }

    private static void ThrowNegative(int m, int n, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
    }

    private static void ThrowShort(string name, string product, long expected, int actual)
        => throw new ArgumentException($"The product needs {product} = {expected} values, but {name} has {actual}.", name);

#pragma warning disable CA2208 // The parameter is the caller's.
    public static void ThrowOverlap() => throw new ArgumentException("The result of a matrix product must not overlap one of its operands.", "c");
#pragma warning restore CA2208
}
