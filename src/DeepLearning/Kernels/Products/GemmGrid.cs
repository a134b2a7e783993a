namespace DeepLearning.Kernels;

/// <summary>
/// C cut into <c>down × across</c> rectangles of whole tiles, one a part: part <c>i·across + j</c> is rectangle (i, j), and is computed by
/// <see cref="GemmBlocked"/> as a separate product. Each packs what it reads, so that no packed value goes from one core to another:
/// two threads that shared panels spent up to half of a product of 128 × 784 · 784 × 512 waiting for each other's cache.
/// </summary>
internal readonly struct GemmGrid<TKernel> : IParallelJob where TKernel : struct, IMicroKernel
{
    /// <summary>Packing one value takes about as long as this many multiply-adds.</summary>
    private const int CostOfPacking = 16;

    private readonly GemmTask task;
    private readonly int rowPanels, columnPanels, down, across;

    public GemmGrid(in GemmTask task, int parts)
    {
        this.task = task;
        (rowPanels, columnPanels) = (Ceiling(task.M, TKernel.Rows), Ceiling(task.N, TKernel.Columns));
        (down, across) = (1, 1);
        long least = long.MaxValue;
        for (int i = 1; i <= Math.Min(parts, rowPanels); i++)
        {
            int j = Math.Min(parts / i, columnPanels);
            long cost = Cost(i, j);
            if (cost < least) (down, across, least) = (i, j, cost);
        }
    }

    public int Parts => down * across;

    public void Execute(int part)
    {
        int i = part / across, j = part % across;
        GemmBlocked.Multiply<TKernel>(task, Start(rowPanels, i, down) * TKernel.Rows, Math.Min(task.M, Start(rowPanels, i + 1, down) * TKernel.Rows),
            Start(columnPanels, j, across) * TKernel.Columns, Math.Min(task.N, Start(columnPanels, j + 1, across) * TKernel.Columns));
    }

    /// <summary>Of the largest rectangle, in multiply-adds for each step of k.</summary>
    private long Cost(int down, int across)
    {
        long rows = Ceiling(rowPanels, down) * TKernel.Rows, columns = Ceiling(columnPanels, across) * TKernel.Columns;
        return (rows * columns) + (CostOfPacking * (rows + columns));
    }

    private static int Start(int panels, int index, int count) => (int)((long)panels * index / count);

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
