using System.Runtime.CompilerServices;

namespace DeepLearning.Kernels;

/// <summary>
/// The product for few rows or little work: reads A where it stands, and B too where its rows lie along the result's; only a
/// transposed B is packed. Tiles are 4 rows × 2 vectors, at the right edge 8 rows × 1 vector, masked where it is not whole; missing rows at the bottom
/// repeat the last one, which computes and stores the same values again. A single row is left to <see cref="GemmRow{TLanes, V}"/>.
/// Equals <c>s = accumulate ? c[i, j] : 0; for p ascending: s = fma(a[i, p], b[p, j], s); c[i, j] = s (+ bias[j])</c>.
/// </summary>
internal static unsafe class GemmSmall<TLanes, V> where TLanes : struct, ILanes<V> where V : struct
{
    /// <summary>Columns of a transposed B packed at a time: at k = 784, 200 KB, which stay in the second-level cache.</summary>
    private static int PanelColumns => 4 * TLanes.Count;

    public static void Multiply(in GemmTask task)
    {
        int threads = GemmThreads.Threads(task);
        if (threads == 1)
        {
            Columns(task, 0, task.N);
            return;
        }

        // Several parts a thread, so that one that is held up does not hold up the rest; but a single row wants B's rows as long as they can be.
        var job = new ColumnJob { Task = task, Panels = (task.N + PanelColumns - 1) / PanelColumns };
        job.Parts = Math.Min(job.Panels, task.M == 1 && !task.TransposeB ? threads : 4 * threads);
        WorkerPool.Run(ref job, job.Parts);
    }

    private struct ColumnJob : IParallelJob
    {
        public GemmTask Task;
        public int Panels;
        public int Parts;

        public readonly void Execute(int part)
        {
            long first = (long)Panels * part / Parts * PanelColumns, end = (long)Panels * (part + 1) / Parts * PanelColumns;
            Columns(Task, (int)first, (int)Math.Min(end, Task.N));
        }
    }

    /// <summary>Columns first … end−1 of the result.</summary>
    private static void Columns(in GemmTask task, int first, int end)
    {
        if (!task.TransposeB)
        {
            Rows(task, task.B + first, task.N, first, end - first);
            return;
        }

        int widest = Math.Min(PanelColumns, (end - first + TLanes.Count - 1) / TLanes.Count * TLanes.Count);
        float* panel = PackBuffer.Right((long)widest * task.K);
        for (int column = first; column < end; column += PanelColumns)
        {
            int count = Math.Min(PanelColumns, end - column), width = (count + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            GemmPacking.Transpose(task.B + ((nint)column * task.K), task.K, count, task.K, panel, width);
            Rows(task, panel, width, column, count);
        }
    }

    private static void Rows(in GemmTask task, float* b, int bStep, int column, int columns)
    {
        nint rowStep = task.TransposeA ? 1 : task.K, step = task.TransposeA ? task.M : 1;
        float* bias = task.Bias == null ? null : task.Bias + column, c = task.C + column;
        int lanes = TLanes.Count, j = 0;
        if (task.M == 1)
        {
            GemmRow<TLanes, V>.Multiply(task.A, step, b, bStep, task.K, c, columns, task.Accumulate, bias);
            return;
        }

        for (; j <= columns - (2 * lanes); j += 2 * lanes)
            for (int i = 0; i < task.M; i += 4)
            {
                var rows = new RowPointers(task, i, rowStep, c + j);
                Tile4x2(rows, step, b + j, bStep, task.K, task.Accumulate, bias == null ? null : bias + j);
            }

        for (; j < columns; j += lanes)
        {
            V mask = TLanes.FirstLanes(columns - j);
            bool whole = j + lanes <= (task.TransposeB ? bStep : columns);
            for (int i = 0; i < task.M; i += 8)
                Tile8x1(task, i, rowStep, step, b + j, bStep, c + j, bias == null ? null : bias + j, mask, whole);
        }
    }

    /// <summary>Where four rows of A and C start.</summary>
    private readonly struct RowPointers
    {
        public readonly float* A0, A1, A2, A3, C0, C1, C2, C3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public RowPointers(in GemmTask task, int row, nint rowStep, float* c)
        {
            nint left = task.M - row, n = task.N, row1 = left > 1 ? 1 : 0, row2 = left > 2 ? 2 : left - 1, row3 = left > 3 ? 3 : left - 1;
            A0 = task.A + (row * rowStep);
            A1 = A0 + (row1 * rowStep);
            A2 = A0 + (row2 * rowStep);
            A3 = A0 + (row3 * rowStep);
            C0 = c + (row * n);
            C1 = C0 + (row1 * n);
            C2 = C0 + (row2 * n);
            C3 = C0 + (row3 * n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile4x2(in RowPointers rows, nint aStep, float* b, nint bStep, int k, bool accumulate, float* bias)
    {
        float* a0 = rows.A0, a1 = rows.A1, a2 = rows.A2, a3 = rows.A3;
        int lanes = TLanes.Count;
        V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        if (accumulate)
        {
            (c00, c01) = (TLanes.Load(rows.C0), TLanes.Load(rows.C0 + lanes));
            (c10, c11) = (TLanes.Load(rows.C1), TLanes.Load(rows.C1 + lanes));
            (c20, c21) = (TLanes.Load(rows.C2), TLanes.Load(rows.C2 + lanes));
            (c30, c31) = (TLanes.Load(rows.C3), TLanes.Load(rows.C3 + lanes));
        }

        nint at = 0;
        for (; k > 0; k--)
        {
            V b0 = TLanes.Load(b), b1 = TLanes.Load(b + lanes);
            V x = TLanes.Broadcast(a0[at]);
            c00 = TLanes.MultiplyAdd(x, b0, c00);
            c01 = TLanes.MultiplyAdd(x, b1, c01);
            x = TLanes.Broadcast(a1[at]);
            c10 = TLanes.MultiplyAdd(x, b0, c10);
            c11 = TLanes.MultiplyAdd(x, b1, c11);
            x = TLanes.Broadcast(a2[at]);
            c20 = TLanes.MultiplyAdd(x, b0, c20);
            c21 = TLanes.MultiplyAdd(x, b1, c21);
            x = TLanes.Broadcast(a3[at]);
            c30 = TLanes.MultiplyAdd(x, b0, c30);
            c31 = TLanes.MultiplyAdd(x, b1, c31);
            at += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            V d0 = TLanes.Load(bias), d1 = TLanes.Load(bias + lanes);
            (c00, c01, c10, c11) = (TLanes.Add(c00, d0), TLanes.Add(c01, d1), TLanes.Add(c10, d0), TLanes.Add(c11, d1));
            (c20, c21, c30, c31) = (TLanes.Add(c20, d0), TLanes.Add(c21, d1), TLanes.Add(c30, d0), TLanes.Add(c31, d1));
        }

        TLanes.Store(c00, rows.C0);
        TLanes.Store(c01, rows.C0 + lanes);
        TLanes.Store(c10, rows.C1);
        TLanes.Store(c11, rows.C1 + lanes);
        TLanes.Store(c20, rows.C2);
        TLanes.Store(c21, rows.C2 + lanes);
        TLanes.Store(c30, rows.C3);
        TLanes.Store(c31, rows.C3 + lanes);
    }

    /// <summary>One vector wide, so 8 rows are needed to hide the latency of the multiply-add; rows that are missing repeat the last one.</summary>
    private static void Tile8x1(in GemmTask task, int row, nint rowStep, nint aStep, float* b, nint bStep, float* c, float* bias, V mask, bool whole)
    {
        nint last = Math.Min(7, task.M - row - 1);
        nint r1 = Math.Min(1, last), r2 = Math.Min(2, last), r3 = Math.Min(3, last), r4 = Math.Min(4, last), r5 = Math.Min(5, last), r6 = Math.Min(6, last);
        float* a0 = task.A + (row * rowStep), a1 = a0 + (r1 * rowStep), a2 = a0 + (r2 * rowStep), a3 = a0 + (r3 * rowStep);
        float* a4 = a0 + (r4 * rowStep), a5 = a0 + (r5 * rowStep), a6 = a0 + (r6 * rowStep), a7 = a0 + (last * rowStep);
        nint n = task.N;
        c += row * n;
        V c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        if (task.Accumulate)
        {
            (c0, c1) = (TLanes.Load(c, mask), TLanes.Load(c + (r1 * n), mask));
            (c2, c3) = (TLanes.Load(c + (r2 * n), mask), TLanes.Load(c + (r3 * n), mask));
            (c4, c5) = (TLanes.Load(c + (r4 * n), mask), TLanes.Load(c + (r5 * n), mask));
            (c6, c7) = (TLanes.Load(c + (r6 * n), mask), TLanes.Load(c + (last * n), mask));
        }

        nint at = 0;
        for (int k = task.K; k > 0; k--)
        {
            V b0 = whole ? TLanes.Load(b) : TLanes.Load(b, mask);
            c0 = TLanes.MultiplyAdd(TLanes.Broadcast(a0[at]), b0, c0);
            c1 = TLanes.MultiplyAdd(TLanes.Broadcast(a1[at]), b0, c1);
            c2 = TLanes.MultiplyAdd(TLanes.Broadcast(a2[at]), b0, c2);
            c3 = TLanes.MultiplyAdd(TLanes.Broadcast(a3[at]), b0, c3);
            c4 = TLanes.MultiplyAdd(TLanes.Broadcast(a4[at]), b0, c4);
            c5 = TLanes.MultiplyAdd(TLanes.Broadcast(a5[at]), b0, c5);
            c6 = TLanes.MultiplyAdd(TLanes.Broadcast(a6[at]), b0, c6);
            c7 = TLanes.MultiplyAdd(TLanes.Broadcast(a7[at]), b0, c7);
            at += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            V d = TLanes.Load(bias, mask);
            (c0, c1, c2, c3) = (TLanes.Add(c0, d), TLanes.Add(c1, d), TLanes.Add(c2, d), TLanes.Add(c3, d));
            (c4, c5, c6, c7) = (TLanes.Add(c4, d), TLanes.Add(c5, d), TLanes.Add(c6, d), TLanes.Add(c7, d));
        }

        TLanes.Store(c0, c, mask);
        TLanes.Store(c1, c + (r1 * n), mask);
        TLanes.Store(c2, c + (r2 * n), mask);
        TLanes.Store(c3, c + (r3 * n), mask);
        TLanes.Store(c4, c + (r4 * n), mask);
        TLanes.Store(c5, c + (r5 * n), mask);
        TLanes.Store(c6, c + (r6 * n), mask);
        TLanes.Store(c7, c + (last * n), mask);
    }
}
