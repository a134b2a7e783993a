namespace DeepLearning.Kernels;

/// <summary>
/// When a product is shared among threads, and in what parts. Packing equals <c>for each panel i: PackA(i); for each panel j: PackB(j)</c>, a part being some
/// panels; the tiles equal <c>for each panel j: for each panel i: Multiply(i, j)</c>, a part being a rectangle of at most 128 × 128 elements of C.
/// </summary>
internal static class GemmThreads
{
    /// <summary>Multiply-adds below which one core is done (in about 4 µs) before a second would be of use.</summary>
    public const int Threshold = 1 << 19;

    /// <summary>The same for few rows, where the time goes into reading B.</summary>
    public const int SmallThreshold = 1 << 18;
}

/// <summary>Packs the panels of A, then those of B, in parts of equal numbers of panels.</summary>
internal readonly struct PackJob<TKernel> : IParallelJob where TKernel : struct, IMicroKernel
{
    private readonly GemmBlock<TKernel> block;
    private readonly int rowPanels, columnPanels, partsA, partsB;

    public PackJob(in GemmBlock<TKernel> block, int rowPanels, int columnPanels, int threads)
    {
        (this.block, this.rowPanels, this.columnPanels) = (block, rowPanels, columnPanels);
        partsA = Math.Min(rowPanels, threads == 1 ? 1 : 2 * threads);
        partsB = Math.Min(columnPanels, threads == 1 ? 1 : 2 * threads);
        Parts = threads == 1 ? 1 : partsA + partsB;
    }

    public int Parts { get; }

    public void Execute(int part)
    {
        if (Parts == 1 || part < partsA)
            for (int i = rowPanels * part / partsA; i < rowPanels * (part + 1) / partsA; i++) block.PackA(i);
        int partB = Parts == 1 ? 0 : part - partsA;
        if (partB >= 0)
            for (int i = columnPanels * partB / partsB; i < columnPanels * (partB + 1) / partsB; i++) block.PackB(i);
    }
}

/// <summary>Computes the tiles of a block of C in rectangles: each takes a few panels of B in turn, and all its panels of A against each.</summary>
internal readonly struct TileJob<TKernel> : IParallelJob where TKernel : struct, IMicroKernel
{
    /// <summary>Rows of a part: 128 rows of A at full depth are 256 KB, well inside the second-level cache.</summary>
    private const int PartRows = 128;
    private const int PartColumns = 128;

    private readonly GemmBlock<TKernel> block;
    private readonly int rowPanels, columnPanels, rowsOfPart, columnsOfPart, partsAcross;

    public TileJob(in GemmBlock<TKernel> block, int rowPanels, int columnPanels, int threads)
    {
        (this.block, this.rowPanels, this.columnPanels) = (block, rowPanels, columnPanels);
        rowsOfPart = PartRows / TKernel.Rows;
        columnsOfPart = PartColumns / TKernel.Columns;

        // Several parts a thread, so that one that is held up does not hold up the rest.
        while (threads > 1 && Count(rowPanels, rowsOfPart) * Count(columnPanels, columnsOfPart) < 4 * threads && (columnsOfPart > 1 || rowsOfPart > 1))
        {
            if (columnsOfPart > 1) columnsOfPart = (columnsOfPart + 1) / 2;
            else rowsOfPart = (rowsOfPart + 1) / 2;
        }

        partsAcross = Count(columnPanels, columnsOfPart);
        Parts = threads == 1 ? 1 : Count(rowPanels, rowsOfPart) * partsAcross;
    }

    public int Parts { get; }

    public void Execute(int part)
    {
        if (Parts > 1)
        {
            ExecuteRectangle(part);
            return;
        }

        for (int i = 0; i < Count(rowPanels, rowsOfPart) * partsAcross; i++) ExecuteRectangle(i);
    }

    private void ExecuteRectangle(int index)
    {
        int top = index / partsAcross * rowsOfPart, bottom = Math.Min(top + rowsOfPart, rowPanels);
        int left = index % partsAcross * columnsOfPart, right = Math.Min(left + columnsOfPart, columnPanels);
        for (int j = left; j < right; j++)
            for (int i = top; i < bottom; i++) block.Multiply(i, j);
    }

    private static int Count(int panels, int size) => (panels + size - 1) / size;
}
