namespace DeepLearning.Kernels;

/// <content>
/// Rows by their number. x is seen as [outer, axis, inner], row-major: <c>for each o, k, i: y[o, k, i] = x[o, indices[k], i]</c>, and the way back,
/// <c>x[o, indices[k], i] += y[o, k, i]</c> with k ascending. The first is shared among threads; the second is one loop, so that its sums have one order.
/// </content>
internal static unsafe partial class Blocks
{
    /// <summary>Values that a thread must copy before a second one pays.</summary>
    private const int SmallestChunk = 32 * 1024;

    /// <summary>y[o, k, i] = x[o, indices[k], i].</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not on the axis.</exception>
    public static void Gather(ReadOnlySpan<float> x, ReadOnlySpan<int> indices, Span<float> y, int outer, int axis, int inner)
    {
        Check(x, indices, y, outer, axis, inner);
        long rows = (long)outer * indices.Length;
        if (rows == 0 || inner == 0) return;
        fixed (float* xp = x, yp = y)
        fixed (int* places = indices)
        {
            var chunks = new Chunks(rows, Math.Max(1, SmallestChunk / inner), 1);
            var job = new GatherJob(xp, places, yp, indices.Length, axis, inner, chunks);
            chunks.Run(ref job);
        }
    }

    /// <summary>x[o, indices[k], i] += y[o, k, i]; an index that appears several times receives its rows in their order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not on the axis.</exception>
    public static void ScatterAdd(ReadOnlySpan<float> y, ReadOnlySpan<int> indices, Span<float> x, int outer, int axis, int inner)
    {
        Check(x, indices, y, outer, axis, inner);
        for (int o = 0, from = 0; o < outer; o++)
            foreach (int index in indices)
            {
                int to = (o * axis + index) * inner;
                if (inner == 1) x[to] += y[from];
                else Copy(y.Slice(from, inner), x.Slice(to, inner), accumulate: true);
                from += inner;
            }
    }

    private static void Check(ReadOnlySpan<float> x, ReadOnlySpan<int> indices, ReadOnlySpan<float> y, int outer, int axis, int inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, (long)outer * axis * inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, (long)outer * indices.Length * inner);
        int wrong = Search.FirstOutside(indices, axis);
        if (wrong >= 0) throw new ArgumentOutOfRangeException(nameof(indices), indices[wrong], $"Expected indices from 0 to {axis - 1}.");
    }

    private readonly struct GatherJob(float* x, int* indices, float* y, nint count, nint axis, nint inner, Chunks chunks) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint row, nint end) = chunks[part];
            for (; row < end; row++)
            {
                float* from = x + ((row / count * axis) + indices[row % count]) * inner, to = y + (row * inner);
                if (inner == 1) *(int*)to = *(int*)from;
                else new ReadOnlySpan<float>(from, (int)inner).CopyTo(new Span<float>(to, (int)inner));
            }
        }
    }
}
