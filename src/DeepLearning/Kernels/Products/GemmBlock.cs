using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DeepLearning.Kernels;

/// <summary>
/// One block of C with its slices of A and B, packed and unpacked. Panel i of A is at PackedA + i·Rows·K, likewise for B. Tile (i, j) is the kernel's product
/// of panel i of A and panel j of B; equals, for its rows r and columns c, <c>s = accumulate ? C[r, c] : 0; for p ascending: s = fma(A[r, p], B[p, c], s);
/// C[r, c] = s (+ bias[c])</c>. A tile over the edge is computed whole and stored in part.
/// </summary>
internal unsafe struct GemmBlock<TKernel> where TKernel : struct, IMicroKernel
{
    /// <summary>Rows and columns of a rectangle: 128 rows of A at full depth are 256 KB, well inside the second-level cache.</summary>
    private const int CachedRows = 128, CachedColumns = 128;

    public float* A;
    public float* B;
    public float* C;
    public float* Bias;
    public float* PackedA;
    public float* PackedB;
    public bool TransposeA;
    public bool TransposeB;
    public bool Accumulate;

    /// <summary>Whole panels of A are read where they stand: A is transposed, and too few panels of B would read a copy.</summary>
    public bool DirectA;

    /// <summary>Whole panels of B are read where they stand: B is not transposed, and too few panels of A would read a copy.</summary>
    public bool DirectB;
    public int AStride;
    public int BStride;
    public int CStride;
    public int Rows;
    public int Columns;
    public int K;

    /// <summary>Packs all panels, then computes all tiles, a rectangle at a time: each takes a few panels of B in turn, and all its panels of A against
    /// each.</summary>
    public readonly void Multiply()
    {
        int rowPanels = (Rows + TKernel.Rows - 1) / TKernel.Rows, columnPanels = (Columns + TKernel.Columns - 1) / TKernel.Columns;
        for (int i = 0; i < rowPanels; i++) PackA(i);
        for (int j = 0; j < columnPanels; j++) PackB(j);

        int rows = CachedRows / TKernel.Rows, columns = CachedColumns / TKernel.Columns;
        for (int top = 0; top < rowPanels; top += rows)
            for (int left = 0; left < columnPanels; left += columns)
                for (int j = left; j < Math.Min(left + columns, columnPanels); j++)
                    for (int i = top; i < Math.Min(top + rows, rowPanels); i++) Multiply(i, j);
    }

    private readonly void PackA(int panel)
    {
        int first = panel * TKernel.Rows, count = Math.Min(TKernel.Rows, Rows - first);
        if (DirectA && count == TKernel.Rows) return;
        float* target = PackedA + ((nint)first * K);
        if (TransposeA) GemmPacking.Copy(A + first, AStride, count, K, target, TKernel.Rows);
        else GemmPacking.Transpose(A + ((nint)first * AStride), AStride, count, K, target, TKernel.Rows);
    }

    private readonly void PackB(int panel)
    {
        int first = panel * TKernel.Columns, count = Math.Min(TKernel.Columns, Columns - first);
        if (DirectB && count == TKernel.Columns) return;
        float* target = PackedB + ((nint)first * K);
        if (TransposeB) GemmPacking.Transpose(B + ((nint)first * BStride), BStride, count, K, target, TKernel.Columns);
        else GemmPacking.Copy(B + first, BStride, count, K, target, TKernel.Columns);
    }

    /// <summary>The tile at a panel of A and a panel of B; at the edge through a whole tile on the stack.</summary>
    private readonly void Multiply(int rowPanel, int columnPanel)
    {
        int row = rowPanel * TKernel.Rows, column = columnPanel * TKernel.Columns;
        int rows = Math.Min(TKernel.Rows, Rows - row), columns = Math.Min(TKernel.Columns, Columns - column);
        bool directA = DirectA && rows == TKernel.Rows, directB = DirectB && columns == TKernel.Columns;
        float* a = directA ? A + row : PackedA + ((nint)row * K), b = directB ? B + column : PackedB + ((nint)column * K);
        nint aStep = directA ? AStride : TKernel.Rows, bStep = directB ? BStride : TKernel.Columns;
        float* c = C + ((nint)row * CStride) + column, bias = Bias == null ? null : Bias + column;
        PrefetchBelow(c, row + TKernel.Rows, columns);
        if (rows == TKernel.Rows && columns == TKernel.Columns) TKernel.Multiply(a, aStep, b, bStep, K, c, CStride, Accumulate, bias);
        else MultiplyEdge(a, aStep, b, bStep, c, bias, rows, columns);
    }

    /// <summary>Asks for the tile that comes next, while this one is computed: its rows lie far apart, where no hardware would look.</summary>
    private readonly void PrefetchBelow(float* c, int row, int columns)
    {
        const int Line = 16;
        if (!Sse.IsSupported) return;
        int rows = Math.Min(TKernel.Rows, Rows - row);
        for (int i = 0; i < rows; i++)
        {
            float* next = c + ((nint)(TKernel.Rows + i) * CStride);
            for (int j = 0; j < columns; j += Line) Sse.Prefetch0(next + j);
        }
    }

    [SkipLocalsInit]
    private readonly void MultiplyEdge(float* a, nint aStep, float* b, nint bStep, float* c, float* bias, int rows, int columns)
    {
        float* tile = stackalloc float[(TKernel.Rows + 1) * TKernel.Columns], paddedBias = null;
        if (bias != null)
        {
            paddedBias = tile + (TKernel.Rows * TKernel.Columns);
            Copy(bias, paddedBias, columns);
        }

        if (Accumulate)
            for (int i = 0; i < rows; i++) Copy(c + ((nint)i * CStride), tile + (i * TKernel.Columns), columns);
        if (columns <= TKernel.Columns / 2) TKernel.MultiplyHalf(a, aStep, b, bStep, K, tile, TKernel.Columns, Accumulate, paddedBias);
        else TKernel.Multiply(a, aStep, b, bStep, K, tile, TKernel.Columns, Accumulate, paddedBias);
        for (int i = 0; i < rows; i++) Copy(tile + (i * TKernel.Columns), c + ((nint)i * CStride), columns);
    }

    private static void Copy(float* source, float* target, int count) => new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
}
