namespace DeepLearning.Kernels;

/// <summary>
/// A single row times a matrix, where all the time goes into reading B. Wide rows take 4 rows of B at a time from end to end, as memory likes to be
/// read, with the sums resting in C; narrow ones keep 4 vectors of sums in registers, and the rest one masked vector.
/// Equals <c>s = accumulate ? c[j] : 0; for p ascending: s = fma(a[p·aStep], b[p·bStep + j], s); c[j] = s (+ bias[j])</c>.
/// </summary>
internal static unsafe class GemmRow<TLanes, V> where TLanes : struct, ILanes<V> where V : struct
{
    /// <summary>Columns from which B is read row by row.</summary>
    private const int Wide = 128;

    public static void Multiply(float* a, nint aStep, float* b, nint bStep, int k, float* c, int columns, bool accumulate, float* bias)
    {
        if (columns >= Wide)
        {
            MultiplyWide(a, aStep, b, bStep, k, c, columns, accumulate, bias);
            return;
        }

        int lanes = TLanes.Count, j = 0;
        for (; j <= columns - (4 * lanes); j += 4 * lanes)
            Tile4(a, aStep, b + j, bStep, k, c + j, accumulate, bias == null ? null : bias + j);
        for (; j < columns; j += lanes)
            Tile1(a, aStep, b + j, bStep, k, c + j, accumulate, bias == null ? null : bias + j, TLanes.FirstLanes(columns - j));
    }

    private static void MultiplyWide(float* a, nint aStep, float* b, nint bStep, int k, float* c, int columns, bool accumulate, float* bias)
    {
        if (!accumulate) new Span<float>(c, columns).Clear();
        int p = 0;
        for (; p <= k - 4; p += 4, a += 4 * aStep, b += 4 * bStep) AddFour(a, aStep, b, bStep, c, columns);
        for (; p < k; p++, a += aStep, b += bStep) AddOne(*a, b, c, columns);
        if (bias != null) AddOne(1f, bias, c, columns);
    }

    /// <summary>c[j] = fma(a[3], b[3, j], fma(a[2], b[2, j], fma(a[1], b[1, j], fma(a[0], b[0, j], c[j])))).</summary>
    private static void AddFour(float* a, nint aStep, float* b, nint bStep, float* c, int columns)
    {
        V x0 = TLanes.Broadcast(a[0]), x1 = TLanes.Broadcast(a[aStep]), x2 = TLanes.Broadcast(a[2 * aStep]), x3 = TLanes.Broadcast(a[3 * aStep]);
        float* b1 = b + bStep, b2 = b1 + bStep, b3 = b2 + bStep;
        int j = 0;
        for (; j <= columns - TLanes.Count; j += TLanes.Count)
        {
            V sum = TLanes.MultiplyAdd(x1, TLanes.Load(b1 + j), TLanes.MultiplyAdd(x0, TLanes.Load(b + j), TLanes.Load(c + j)));
            TLanes.Store(TLanes.MultiplyAdd(x3, TLanes.Load(b3 + j), TLanes.MultiplyAdd(x2, TLanes.Load(b2 + j), sum)), c + j);
        }

        if (j == columns) return;
        V mask = TLanes.FirstLanes(columns - j);
        V rest = TLanes.MultiplyAdd(x1, TLanes.Load(b1 + j, mask), TLanes.MultiplyAdd(x0, TLanes.Load(b + j, mask), TLanes.Load(c + j, mask)));
        TLanes.Store(TLanes.MultiplyAdd(x3, TLanes.Load(b3 + j, mask), TLanes.MultiplyAdd(x2, TLanes.Load(b2 + j, mask), rest)), c + j, mask);
    }

    /// <summary>c[j] = fma(a, b[j], c[j]); with a = 1 the sum c[j] + b[j].</summary>
    private static void AddOne(float a, float* b, float* c, int columns)
    {
        V x = TLanes.Broadcast(a);
        for (int j = 0; j < columns; j += TLanes.Count)
        {
            V mask = TLanes.FirstLanes(columns - j);
            TLanes.Store(TLanes.MultiplyAdd(x, TLanes.Load(b + j, mask), TLanes.Load(c + j, mask)), c + j, mask);
        }
    }

    private static void Tile4(float* a, nint aStep, float* b, nint bStep, int k, float* c, bool accumulate, float* bias)
    {
        int lanes = TLanes.Count;
        V c0 = default, c1 = default, c2 = default, c3 = default;
        if (accumulate)
        {
            (c0, c1) = (TLanes.Load(c), TLanes.Load(c + lanes));
            (c2, c3) = (TLanes.Load(c + (2 * lanes)), TLanes.Load(c + (3 * lanes)));
        }

        for (; k > 0; k--)
        {
            V x = TLanes.Broadcast(*a);
            c0 = TLanes.MultiplyAdd(x, TLanes.Load(b), c0);
            c1 = TLanes.MultiplyAdd(x, TLanes.Load(b + lanes), c1);
            c2 = TLanes.MultiplyAdd(x, TLanes.Load(b + (2 * lanes)), c2);
            c3 = TLanes.MultiplyAdd(x, TLanes.Load(b + (3 * lanes)), c3);
            a += aStep;
            b += bStep;
        }

        if (bias != null)
        {
            (c0, c1) = (TLanes.Add(c0, TLanes.Load(bias)), TLanes.Add(c1, TLanes.Load(bias + lanes)));
            (c2, c3) = (TLanes.Add(c2, TLanes.Load(bias + (2 * lanes))), TLanes.Add(c3, TLanes.Load(bias + (3 * lanes))));
        }

        TLanes.Store(c0, c);
        TLanes.Store(c1, c + lanes);
        TLanes.Store(c2, c + (2 * lanes));
        TLanes.Store(c3, c + (3 * lanes));
    }

    private static void Tile1(float* a, nint aStep, float* b, nint bStep, int k, float* c, bool accumulate, float* bias, V mask)
    {
        V sum = accumulate ? TLanes.Load(c, mask) : default;
        for (; k > 0; k--)
        {
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(*a), TLanes.Load(b, mask), sum);
            a += aStep;
            b += bStep;
        }

        if (bias != null) sum = TLanes.Add(sum, TLanes.Load(bias, mask));
        TLanes.Store(sum, c, mask);
    }
}
