using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>
/// Largest values and their places: <c>m = x[o, 0, i]; for a ascending: m = max(m, x[o, a, i]); result[o, i] = m</c>, or the first a that holds m; NaN is the
/// largest. A row (inner = 1) is folded in 16 lanes, element a in lane a mod 16; otherwise lane l is column i + l, and runs down the axis.
/// </content>
internal static unsafe partial class Reductions
{
    /// <summary>result[o, i] = maxₐ x[o, a, i] (NaN if any is NaN; +0 above −0); axis ≥ 1.</summary>
    public static void Max(ReadOnlySpan<float> x, Span<float> result, int outer, int axis, int inner)
    {
        CheckShape(x.Length, result.Length, outer, axis, inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(axis, 1);
        fixed (float* p = x, r = result)
        {
            if (inner == 1)
            {
                var chunks = new Chunks(outer, Math.Max(1, SmallestChunk / axis), 1);
                var job = new MaxRowsJob(p, r, null, axis, chunks);
                chunks.Run(ref job);
            }
            else
            {
                var tiles = new ColumnTiles(outer, axis, inner, SmallestChunk);
                var job = new MaxColumnsJob(p, r, null, tiles);
                tiles.Chunks.Run(ref job);
            }
        }
    }

    /// <summary>result[o, i] = the first a at which x[o, a, i] is largest (the first NaN, if any is NaN; −0 equals +0); axis ≥ 1.</summary>
    public static void ArgMax(ReadOnlySpan<float> x, Span<int> result, int outer, int axis, int inner)
    {
        CheckShape(x.Length, result.Length, outer, axis, inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(axis, 1);
        fixed (float* p = x)
        fixed (int* r = result)
        {
            if (inner == 1)
            {
                var chunks = new Chunks(outer, Math.Max(1, SmallestChunk / axis), 1);
                var job = new MaxRowsJob(p, null, r, axis, chunks);
                chunks.Run(ref job);
            }
            else
            {
                var tiles = new ColumnTiles(outer, axis, inner, SmallestChunk);
                var job = new MaxColumnsJob(p, null, r, tiles);
                tiles.Chunks.Run(ref job);
            }
        }
    }

    /// <summary>The largest of a row of at least one value; NaN if one is NaN.</summary>
    internal static float MaxRow(float* x, nint length)
    {
        Vector512<float> lowest = Vector512.Create(float.NegativeInfinity), max = lowest;
        nint i = 0;
        if (length >= 4 * Lanes.Count)
        {
            Vector512<float> b = lowest, c = lowest, d = lowest;
            for (; i <= length - 4 * Lanes.Count; i += 4 * Lanes.Count)
            {
                max = Vector512.Max(max, Vector512.Load(x + i));
                b = Vector512.Max(b, Vector512.Load(x + i + 16));
                c = Vector512.Max(c, Vector512.Load(x + i + 32));
                d = Vector512.Max(d, Vector512.Load(x + i + 48));
            }

            max = Vector512.Max(Vector512.Max(max, b), Vector512.Max(c, d));
        }

        for (; i < length; i += Lanes.Count) max = Vector512.Max(max, Lanes.Load(x + i, Math.Min(Lanes.Count, length - i), lowest));
        float largest = Lanes.Max(max);
        return float.IsNaN(largest) ? float.NaN : largest;
    }

    /// <summary>The first place that holds the row's largest value, or its first NaN.</summary>
    private static int FirstOf(float* x, nint length, float largest)
    {
        Vector512<float> sought = Vector512.Create(largest);
        for (nint i = 0; ; i += Lanes.Count)
        {
            Vector512<float> lanes = Lanes.Load(x + i, Math.Min(Lanes.Count, length - i));
            Vector512<float> found = float.IsNaN(largest) ? ~Vector512.Equals(lanes, lanes) : Vector512.Equals(lanes, sought);
            ulong bits = found.ExtractMostSignificantBits();
            // A lane beyond the row may equal 0, but then comes after every place of the row, which holds the value.
            if (bits != 0) return (int)i + System.Numerics.BitOperations.TrailingZeroCount(bits);
        }
    }

    /// <summary>Writes the values or, if there is no room for them, the indices.</summary>
    private readonly struct MaxRowsJob(float* x, float* values, int* indices, int axis, Chunks chunks) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            for (nint o = start; o < end; o++)
            {
                float* row = x + o * axis;
                float largest = MaxRow(row, axis);
                if (values != null) values[o] = largest;
                else indices[o] = FirstOf(row, axis, largest);
            }
        }
    }

    /// <summary>16 columns at a time down the axis; a lane that holds NaN keeps it and its index.</summary>
    private readonly struct MaxColumnsJob(float* x, float* values, int* indices, ColumnTiles tiles) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint start, nint end) = tiles.Chunks[part];
            for (nint tile = start; tile < end; tile++)
            {
                (nint from, nint to, nint columns) = tiles[tile];
                for (nint i = 0; i < columns; i += Lanes.Count)
                {
                    nint count = Math.Min(Lanes.Count, columns - i);
                    if (values != null) Lanes.Store(Largest(x + from + i, count), values + to + i, count);
                    else Lanes.Store(FirstLargest(x + from + i, count).AsSingle(), (float*)indices + to + i, count);
                }
            }
        }

        private Vector512<float> Largest(float* column, nint count)
        {
            Vector512<float> max = Lanes.Load(column, count);
            for (nint a = 1; a < tiles.Axis; a++) max = Vector512.Max(max, Lanes.Load(column + a * tiles.Inner, count));
            return Vector512.ConditionalSelect(Vector512.Equals(max, max), max, Vector512.Create(float.NaN));
        }

        private Vector512<int> FirstLargest(float* column, nint count)
        {
            Vector512<float> max = Lanes.Load(column, count);
            Vector512<int> best = Vector512<int>.Zero;
            for (int a = 1; a < tiles.Axis; a++)
            {
                Vector512<float> value = Lanes.Load(column + (nint)a * tiles.Inner, count);
                Vector512<float> better = Vector512.GreaterThan(value, max) | (~Vector512.Equals(value, value) & Vector512.Equals(max, max));
                max = Vector512.ConditionalSelect(better, value, max);
                best = Vector512.ConditionalSelect(better.AsInt32(), Vector512.Create(a), best);
            }

            return best;
        }
    }
}
