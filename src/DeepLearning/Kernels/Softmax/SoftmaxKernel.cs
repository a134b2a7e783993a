namespace DeepLearning.Kernels;

/// <summary>
/// Softmax and its kin along the middle of [outer, axis, inner], with the maximum subtracted first: <c>y = e^(x − max) / Σ e^(x − max)</c>, <c>y = x − max −
/// log Σ e^(x − max)</c>, and their gradients. The lanes are those of <see cref="IStrip"/>: 16 neighbours of one row, or 16 columns. Sums are kept in double,
/// so that the rounding of a long row does not show. The result may be one of the inputs itself. Rows are split over the worker pool; a row's bits depend on
/// its values alone.
/// </summary>
internal static unsafe partial class SoftmaxKernel
{
    /// <summary>Values a chunk must hold before a second thread pays.</summary>
    private const int SmallestChunk = 8 * 1024;

    /// <summary>
    /// y = e^(x − max) / Σ e^(x − max). A row that is −∞ throughout gives a uniform row: the limit from equal values.
    /// A row with +∞ or NaN gives NaN.
    /// </summary>
    public static void Softmax(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner)
        => Split<SoftmaxFormula>(x, x, y, outer, axis, inner, false);

    /// <summary>y = x − max − log Σ e^(x − max); a row of −∞ gives −log(axis), a row with +∞ or NaN NaN.</summary>
    public static void LogSoftmax(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner)
        => Split<LogSoftmaxFormula>(x, x, y, outer, axis, inner, false);

    /// <summary>dx (+)= y·(dy − Σ dy·y): the gradient of softmax from its result.</summary>
    public static void SoftmaxBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int outer, int axis, int inner, bool accumulate)
        => Split<SoftmaxGradient>(y, dy, dx, outer, axis, inner, accumulate);

    /// <summary>dx (+)= dy − e^y·Σ dy: the gradient of log-softmax from its result.</summary>
    public static void LogSoftmaxBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int outer, int axis, int inner, bool accumulate)
        => Split<LogSoftmaxGradient>(y, dy, dx, outer, axis, inner, accumulate);

    private static void Split<TFormula>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result, int outer, int axis, int inner, bool accumulate) where TFormula : IFormula
    {
        long length = (long)outer * axis * inner;
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(result.Length, length);
        if (length == 0) return;

        fixed (float* ap = a, bp = b, r = result)
        {
            if (inner == 1)
            {
                var chunks = new Chunks(outer, Math.Max(1, SmallestChunk / axis), 1);
                var job = new RowsJob<TFormula>(ap, bp, r, axis, accumulate, chunks);
                chunks.Run(ref job);
            }
            else
            {
                var tiles = new ColumnTiles(outer, axis, inner, SmallestChunk);
                var job = new ColumnsJob<TFormula>(ap, bp, r, accumulate, tiles);
                tiles.Chunks.Run(ref job);
            }
        }
    }

    /// <summary>One of the four functions on one strip.</summary>
    private interface IFormula
    {
        static abstract void Run<TStrip>(TStrip strip, float* a, float* b, float* result, bool accumulate) where TStrip : struct, IStrip;
    }

    private readonly struct RowsJob<TFormula>(float* a, float* b, float* result, int axis, bool accumulate, Chunks chunks) : IParallelJob
        where TFormula : IFormula
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            for (nint row = start; row < end; row++)
                TFormula.Run(new RowStrip(axis), a + row * axis, b + row * axis, result + row * axis, accumulate);
        }
    }

    private readonly struct ColumnsJob<TFormula>(float* a, float* b, float* result, bool accumulate, ColumnTiles tiles) : IParallelJob
        where TFormula : IFormula
    {
        public void Execute(int part)
        {
            (nint start, nint end) = tiles.Chunks[part];
            for (nint tile = start; tile < end; tile++)
            {
                (nint from, _, nint columns) = tiles[tile];
                for (nint i = 0; i < columns; i += Lanes.Count)
                {
                    var strip = new ColumnStrip(tiles.Axis, tiles.Inner, Math.Min(Lanes.Count, columns - i));
                    TFormula.Run(strip, a + from + i, b + from + i, result + from + i, accumulate);
                }
            }
        }
    }
}
