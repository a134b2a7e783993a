namespace DeepLearning.Kernels;

/// <summary>
/// C = op(A)·op(B) in tiles of <see cref="MicroKernel{TLanes, V}"/> (8 × 32 with 512 bits). Equals, for all i and j,
/// <c>s = accumulate ? c[i, j] : 0; for p ascending: s = fma(a[i, p], b[p, j], s); c[i, j] = s (+ bias[j])</c>.
/// The product for matrices large enough to be worth packing: C is cut into blocks whose panels of A and B stay in cache, and
/// k into blocks of at most <see cref="KBlock"/>. Between blocks of k a sum is stored in C and loaded again, so that each element
/// is still one ascending chain. Threads share out C in the rectangles of <see cref="GemmGrid{TKernel}"/>; never a sum.
/// </summary>
internal static unsafe class GemmBlocked
{
    /// <summary>A panel of A of this depth (16 KB at 8 rows) stays in the first-level cache while one of B (64 KB) streams from the second. Measured: 256 to
    /// 1024.</summary>
    private const int KBlock = 512;

    /// <summary>Rows and columns packed at a time: bounds the scratch memory to 8 MB an operand.</summary>
    private const int OuterBlock = 4096;

    /// <summary>
    /// A panel read by no more panels than this is not worth a copy. Beyond it the copy wins where rows are a power of two apart,
    /// since they then compete for the same few places in the cache.
    /// </summary>
    private const int FewPanels = 4;

    /// <summary>Rows top … bottom−1 and columns left … right−1 of the result, on this thread.</summary>
    public static void Multiply<TKernel>(in GemmTask task, int top, int bottom, int left, int right) where TKernel : struct, IMicroKernel
    {
        int kBlocks = (task.K + KBlock - 1) / KBlock, depth = ((task.K + kBlocks - 1) / kBlocks + 15) & ~15;
        for (int column = left; column < right; column += OuterBlock)
            for (int p = 0; p < task.K; p += depth)
                for (int row = top; row < bottom; row += OuterBlock)
                    Block<TKernel>(task, row, Math.Min(OuterBlock, bottom - row), column, Math.Min(OuterBlock, right - column), p, depth).Multiply();
    }

    private static GemmBlock<TKernel> Block<TKernel>(in GemmTask task, int row, int rows, int column, int columns, int p, int depth)
        where TKernel : struct, IMicroKernel
    {
        int k = Math.Min(depth, task.K - p);
        int rowPanels = (rows + TKernel.Rows - 1) / TKernel.Rows, columnPanels = (columns + TKernel.Columns - 1) / TKernel.Columns;
        return new GemmBlock<TKernel>
        {
            A = task.TransposeA ? task.A + ((nint)p * task.M) + row : task.A + ((nint)row * task.K) + p,
            B = task.TransposeB ? task.B + ((nint)column * task.K) + p : task.B + ((nint)p * task.N) + column,
            C = task.C + ((nint)row * task.N) + column,
            Bias = task.Bias == null || p + k < task.K ? null : task.Bias + column,
            TransposeA = task.TransposeA,
            TransposeB = task.TransposeB,
            AStride = task.AStride,
            BStride = task.BStride,
            CStride = task.N,
            Accumulate = task.Accumulate || p > 0,
            DirectA = task.TransposeA && columnPanels <= FewPanels,
            DirectB = !task.TransposeB && rowPanels <= FewPanels,
            Rows = rows,
            Columns = columns,
            K = k,
            PackedA = PackBuffer.Left((long)rowPanels * TKernel.Rows * k),
            PackedB = PackBuffer.Right((long)columnPanels * TKernel.Columns * k),
        };
    }
}
