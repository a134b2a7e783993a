using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// Sums: <c>s = 0; for a ascending: s += x[o, a, i]; result[o, i] (+)= s</c>, but in its own fixed order. A row (inner = 1) goes in blocks of 4,096,
/// element a of a block in lane a mod 16, lanes folded by the tree of <see cref="Lanes"/>, block totals added up in double; otherwise lane l is column i + l,
/// and runs down the axis in blocks of 256 rows, totals in double. Tails are padded with 0.
/// </content>
internal static unsafe partial class Reductions
{
    /// <summary>Values that are added up in float before their sum continues in double: at most 256 to a lane.</summary>
    private const int Block = 4096;

    /// <summary>Rows that are added up in float before their sum continues in double.</summary>
    private const int BlockRows = 256;

    /// <summary>
    /// Sum of all values: blocks of 4,096 in 16 float lanes each, a lane's values in ascending order; lanes by the tree and block totals in double.
    /// The error is at most 2⁻¹⁶·Σ|x|.
    /// </summary>
    public static double Sum(ReadOnlySpan<float> x)
    {
        fixed (float* p = x) return SumRow(p, x.Length);
    }

    /// <summary>
    /// result[o, i] (+)= Σₐ x[o, a, i]; 0 where the axis is empty. inner = 1: the order of <see cref="Sum(ReadOnlySpan{float})"/>; inner &gt; 1: blocks of
    /// 256 rows, added one after another in float, block totals in double, in ascending order. Rounded to float once.
    /// </summary>
    public static void Sum(ReadOnlySpan<float> x, Span<float> result, int outer, int axis, int inner, bool accumulate = false)
    {
        CheckShape(x.Length, result.Length, outer, axis, inner);
        fixed (float* p = x, r = result)
        {
            if (inner == 1)
            {
                var chunks = new Chunks(outer, Math.Max(1, SmallestChunk / Math.Max(1, axis)), 1);
                var job = new SumRowsJob(p, r, axis, accumulate, chunks);
                chunks.Run(ref job);
            }
            else
            {
                var tiles = new ColumnTiles(outer, axis, inner, SmallestChunk);
                var job = new SumColumnsJob(p, r, accumulate, tiles);
                tiles.Chunks.Run(ref job);
            }
        }
    }

    /// <summary>Four blocks go side by side, to hide the additions' latency; each keeps its own order.</summary>
    private static double SumRow(float* x, nint length)
    {
        double total = 0;
        nint start = 0;
        for (; start <= length - 4 * Block; start += 4 * Block)
        {
            Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
            float* p = x + start;
            for (nint i = 0; i < Block; i += Lanes.Count)
            {
                a += Vector512.Load(p + i);
                b += Vector512.Load(p + i + Block);
                c += Vector512.Load(p + i + 2 * Block);
                d += Vector512.Load(p + i + 3 * Block);
            }

            total = total + Lanes.Sum(a) + Lanes.Sum(b) + Lanes.Sum(c) + Lanes.Sum(d);
        }

        for (; start < length; start += Block)
        {
            Vector512<float> lanes = Vector512<float>.Zero;
            nint i = start, end = Math.Min(start + Block, length);
            for (; i <= end - Lanes.Count; i += Lanes.Count) lanes += Vector512.Load(x + i);
            if (i < end) lanes += Lanes.Load(x + i, end - i);
            total += Lanes.Sum(lanes);
        }

        return total;
    }

    private static void CheckShape(int values, int results, int outer, int axis, int inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values, (long)outer * axis * inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(results, (long)outer * inner);
    }

    private readonly struct SumRowsJob(float* x, float* result, int axis, bool accumulate, Chunks chunks) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            for (nint o = start; o < end; o++)
            {
                float sum = (float)SumRow(x + o * axis, axis);
                result[o] = accumulate ? result[o] + sum : sum;
            }
        }
    }

    private readonly struct SumColumnsJob(float* x, float* result, bool accumulate, ColumnTiles tiles) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint start, nint end) = tiles.Chunks[part];
            for (nint tile = start; tile < end; tile++)
            {
                (nint from, nint to, nint columns) = tiles[tile];
                nint i = 0;
                for (; i <= columns - 4 * Lanes.Count; i += 4 * Lanes.Count) SumFour(x + from + i, result + to + i);
                for (; i < columns; i += Lanes.Count) SumOne(x + from + i, result + to + i, Math.Min(Lanes.Count, columns - i));
            }
        }

        private void SumFour(float* column, float* target)
        {
            Vector512<double> a0 = Vector512<double>.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
            for (nint first = 0; first < tiles.Axis; first += BlockRows)
            {
                nint last = Math.Min(first + BlockRows, tiles.Axis);
                Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
                for (nint row = first; row < last; row++)
                {
                    float* p = column + row * tiles.Inner;
                    a += Vector512.Load(p);
                    b += Vector512.Load(p + 16);
                    c += Vector512.Load(p + 32);
                    d += Vector512.Load(p + 48);
                }

                (a0, a1) = (a0 + Vector512.WidenLower(a), a1 + Vector512.WidenUpper(a));
                (b0, b1) = (b0 + Vector512.WidenLower(b), b1 + Vector512.WidenUpper(b));
                (c0, c1) = (c0 + Vector512.WidenLower(c), c1 + Vector512.WidenUpper(c));
                (d0, d1) = (d0 + Vector512.WidenLower(d), d1 + Vector512.WidenUpper(d));
            }

            Write(Vector512.Narrow(a0, a1), target, Lanes.Count);
            Write(Vector512.Narrow(b0, b1), target + 16, Lanes.Count);
            Write(Vector512.Narrow(c0, c1), target + 32, Lanes.Count);
            Write(Vector512.Narrow(d0, d1), target + 48, Lanes.Count);
        }

        private void SumOne(float* column, float* target, nint count)
        {
            Vector512<double> low = Vector512<double>.Zero, high = low;
            for (nint first = 0; first < tiles.Axis; first += BlockRows)
            {
                nint last = Math.Min(first + BlockRows, tiles.Axis);
                Vector512<float> lanes = Vector512<float>.Zero;
                for (nint row = first; row < last; row++) lanes += Lanes.Load(column + row * tiles.Inner, count);
                low += Vector512.WidenLower(lanes);
                high += Vector512.WidenUpper(lanes);
            }

            Write(Vector512.Narrow(low, high), target, count);
        }

        private void Write(Vector512<float> sum, float* target, nint count)
            => Lanes.Store(accumulate ? Lanes.Load(target, count) + sum : sum, target, count);
    }
}
