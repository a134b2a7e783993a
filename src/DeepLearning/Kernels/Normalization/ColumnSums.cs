using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>Two terms of each value of a matrix, to be summed by columns.</summary>
internal unsafe interface IColumnTerms
{
    /// <summary>Called just before the terms of rows first … end − 1 are read, so that both share the cache.</summary>
    void Prepare(nint first, nint end);

    /// <summary>Adds the terms of up to 16 adjacent values of one row.</summary>
    void Add(nint row, nint column, nint count, ref DoubleLanes first, ref DoubleLanes second);
}

/// <summary>
/// Sums of two terms for each column of [rows, columns], in double: <c>a[c] = Σᵣ first(r, c); b[c] = Σᵣ second(r, c)</c>. Rows are split into blocks that
/// depend on the shape alone; sums add up row by row within a block, lane l for column c + l, then block by block. So the bits depend neither on threads nor on
/// the vector width, and every value is read once.
/// </summary>
internal static unsafe class ColumnSums
{
    /// <summary>Values of a block: two operands of this size stay in the second-level cache.</summary>
    private const int BlockValues = 32 * 1024;

    /// <summary>Doubles of scratch memory that <see cref="Run"/> needs; its first 2 · columns are the result, a then b.</summary>
    public static int ScratchFor(int rows, int columns) => checked(2 * columns * Math.Max(1, Blocks(rows, columns)));

    /// <summary>Sums both terms.</summary>
    public static void Run<TTerms>(TTerms terms, int rows, int columns, Span<double> scratch) where TTerms : struct, IColumnTerms
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, ScratchFor(rows, columns));
        int blocks = Blocks(rows, columns);
        if (blocks == 0) scratch[..(2 * columns)].Clear();
        fixed (double* sums = scratch)
        {
            var job = new BlockJob<TTerms>(terms, rows, columns, RowsOf(columns), sums);
            if (blocks == 1) job.Execute(0);
            else if (blocks > 1) WorkerPool.Run(ref job, blocks);
        }

        for (int block = 1; block < blocks; block++)
            for (int i = 0; i < 2 * columns; i++) scratch[i] += scratch[(2 * columns * block) + i];
    }

    /// <summary>result[c] (+)= sums[c].</summary>
    public static void Round(ReadOnlySpan<double> sums, Span<float> result, bool accumulate)
    {
        for (int c = 0; c < result.Length; c++) result[c] = (accumulate ? result[c] : 0f) + (float)sums[c];
    }

    private static int RowsOf(int columns) => Math.Max(16, BlockValues / Math.Max(1, columns));

    private static int Blocks(int rows, int columns) => (int)(((long)rows + RowsOf(columns) - 1) / RowsOf(columns));

    private readonly struct BlockJob<TTerms>(TTerms terms, int rows, int columns, int rowsOfBlock, double* sums) : IParallelJob where TTerms : struct, IColumnTerms
    {
        public void Execute(int part)
        {
            nint start = (nint)part * rowsOfBlock, end = Math.Min(rows, start + rowsOfBlock);
            double* first = sums + ((nint)2 * columns * part), second = first + columns;
            terms.Prepare(start, end);
            nint c = 0;
            for (; c <= columns - (4 * Lanes.Count); c += 4 * Lanes.Count)
            {
                // Four neighbours at a time: a row is read in pieces of 256 bytes, and no sum waits for the one before it.
                DoubleLanes a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
                for (nint row = start; row < end; row++)
                {
                    terms.Add(row, c, Lanes.Count, ref a0, ref b0);
                    terms.Add(row, c + Lanes.Count, Lanes.Count, ref a1, ref b1);
                    terms.Add(row, c + (2 * Lanes.Count), Lanes.Count, ref a2, ref b2);
                    terms.Add(row, c + (3 * Lanes.Count), Lanes.Count, ref a3, ref b3);
                }

                Store(a0, a1, a2, a3, first + c);
                Store(b0, b1, b2, b3, second + c);
            }

            for (; c < columns; c += Lanes.Count)
            {
                nint count = Math.Min(Lanes.Count, columns - c);
                DoubleLanes a = default, b = default;
                for (nint row = start; row < end; row++) terms.Add(row, c, count, ref a, ref b);
                Store(a, first + c, count);
                Store(b, second + c, count);
            }
        }

        private static void Store(DoubleLanes l0, DoubleLanes l1, DoubleLanes l2, DoubleLanes l3, double* target)
        {
            Store(l0, target, Lanes.Count);
            Store(l1, target + Lanes.Count, Lanes.Count);
            Store(l2, target + (2 * Lanes.Count), Lanes.Count);
            Store(l3, target + (3 * Lanes.Count), Lanes.Count);
        }

        private static void Store(DoubleLanes lanes, double* target, nint count)
        {
            if (count == Lanes.Count)
            {
                lanes.Low.Store(target);
                lanes.High.Store(target + 8);
                return;
            }

            for (int i = 0; i < count; i++) target[i] = i < 8 ? lanes.Low[i] : lanes.High[i - 8];
        }
    }
}
