using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// Normalization of each column of [rows, columns]: <c>y[r, c] = (x[r, c] − mean[c])·scale[c] + beta[c]</c> with
/// <c>scale[c] = gamma[c] / √(variance[c] + ε)</c>, its statistics and its gradients. Lane l is column c + l. Statistics are summed in double by
/// <see cref="ColumnSums"/>, from the differences to the first row, so that large, nearly equal values lose no digits. Where dy is 0, no NaN or infinity in x
/// reaches the gradients.
/// </summary>
internal static unsafe class BatchNormalizationKernel
{
    /// <summary>Values a chunk must hold before a second thread pays off.</summary>
    private const int SmallestChunk = 16 * 1024;

    /// <summary>The mean and the biased variance of each column; 0 for no rows.</summary>
    public static void Moments(ReadOnlySpan<float> x, int rows, int columns, Span<float> mean, Span<float> variance, Span<double> scratch)
    {
        Check(x.Length, rows, columns);
        fixed (float* p = x) ColumnSums.Run(new Distances(p, columns), rows, columns, scratch);
        for (int c = 0; c < columns; c++)
        {
            double shift = rows == 0 ? 0 : scratch[c] / rows;
            mean[c] = rows == 0 ? 0f : (float)(x[c] + shift);
            variance[c] = rows == 0 ? 0f : (float)Math.Max(0, (scratch[columns + c] / rows) - (shift * shift));
        }
    }

    /// <summary>scale = gamma / √(variance + ε); no gamma means ones.</summary>
    public static void Scale(ReadOnlySpan<float> gamma, ReadOnlySpan<float> variance, double epsilon, Span<float> scale)
    {
        for (int c = 0; c < scale.Length; c++) scale[c] = (float)((gamma.IsEmpty ? 1.0 : gamma[c]) / Math.Sqrt(variance[c] + epsilon));
    }

    /// <summary>y = (x − mean)·scale + beta; no beta means zeros.</summary>
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, ReadOnlySpan<float> beta, Span<float> y, int rows, int columns)
    {
        Check(x.Length, rows, columns);
        Check(y.Length, rows, columns);
        fixed (float* px = x, pm = mean, ps = scale, pb = beta, py = y)
        {
            Chunks chunks = ChunksOf(rows, columns);
            var job = new ForwardJob(px, pm, ps, pb, py, columns, chunks);
            chunks.Run(ref job);
        }
    }

    /// <summary>a[c] = Σ dy and b[c] = Σ dy·(x − mean), as the first 2 · columns of the scratch memory.</summary>
    public static void Sums(ReadOnlySpan<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> dy, int rows, int columns, Span<double> scratch)
    {
        Check(x.Length, rows, columns);
        Check(dy.Length, rows, columns);
        fixed (float* px = x, pm = mean, pd = dy) ColumnSums.Run(new Products(px, pm, pd, columns), rows, columns, scratch);
    }

    /// <summary>dgamma (+)= Σ dy·(x − mean) / √(variance + ε), from the second sums.</summary>
    public static void GammaGradient(ReadOnlySpan<double> products, ReadOnlySpan<float> variance, double epsilon, Span<float> dgamma, bool accumulate)
    {
        for (int c = 0; c < dgamma.Length; c++)
            dgamma[c] = (accumulate ? dgamma[c] : 0f) + (products[c] == 0 ? 0f : (float)(products[c] / Math.Sqrt(variance[c] + epsilon)));
    }

    /// <summary>
    /// The coefficients of <see cref="Backward"/>: a = Σ dy / rows and b = Σ dy·(x − mean) / (rows·(variance + ε)); zeros for no rows, where the statistics are
    /// constants.
    /// </summary>
    public static void Coefficients(ReadOnlySpan<double> sums, ReadOnlySpan<float> variance, double epsilon, int rows, Span<float> a, Span<float> b)
    {
        for (int c = 0; c < a.Length; c++)
        {
            a[c] = rows == 0 ? 0f : (float)(sums[c] / rows);
            b[c] = rows == 0 || sums[a.Length + c] == 0 ? 0f : (float)(sums[a.Length + c] / (rows * (variance[c] + epsilon)));
        }
    }

    /// <summary>
    /// dx (+)= scale·(dy − a − (x − mean)·b): the gradient also flows through the statistics.
    /// </summary>
    public static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, ReadOnlySpan<float> a, ReadOnlySpan<float> b,
        ReadOnlySpan<float> dy, Span<float> dx, int rows, int columns, bool accumulate)
    {
        Check(x.Length, rows, columns);
        Check(dx.Length, rows, columns);
        fixed (float* px = x, pm = mean, ps = scale, pa = a, pb = b, pd = dy, pr = dx)
        {
            Chunks chunks = ChunksOf(rows, columns);
            var job = new BackwardJob(px, pm, ps, pa, pb, pd, pr, columns, accumulate, chunks);
            chunks.Run(ref job);
        }
    }

    private static Chunks ChunksOf(int rows, int columns) => new(rows, Math.Max(1, SmallestChunk / Math.Max(1, columns)), 1);

    private static void Check(int length, int rows, int columns) => ArgumentOutOfRangeException.ThrowIfLessThan(length, (long)rows * columns);

    /// <summary>d and d² of the distance d = x − x[0].</summary>
    private readonly struct Distances(float* x, nint columns) : IColumnTerms
    {
        public void Prepare(nint first, nint end) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(nint row, nint column, nint count, ref DoubleLanes first, ref DoubleLanes second)
        {
            DoubleLanes d = new DoubleLanes(Lanes.LoadUpTo(x + (row * columns) + column, count)).Minus(new DoubleLanes(Lanes.LoadUpTo(x + column, count)));
            first.Add(d);
            second.AddProduct(d, d);
        }
    }

    /// <summary>dy and dy·(x − mean).</summary>
    private readonly struct Products(float* x, float* mean, float* dy, nint columns) : IColumnTerms
    {
        public void Prepare(nint first, nint end) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(nint row, nint column, nint count, ref DoubleLanes first, ref DoubleLanes second)
        {
            nint at = (row * columns) + column;
            Vector512<float> slope = Lanes.LoadUpTo(dy + at, count);
            DoubleLanes d = new(slope);
            first.Add(d);
            second.AddProduct(d, new DoubleLanes(VectorMath.ZeroWins(Lanes.LoadUpTo(x + at, count) - Lanes.LoadUpTo(mean + column, count), slope)));
        }
    }

    private readonly struct ForwardJob(float* x, float* mean, float* scale, float* beta, float* y, nint columns, Chunks chunks) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            for (nint row = start; row < end; row++)
            {
                for (nint c = 0; c < columns; c += Lanes.Count)
                {
                    nint count = Math.Min(Lanes.Count, columns - c), at = (row * columns) + c;
                    Vector512<float> shift = beta == null ? Vector512<float>.Zero : Lanes.LoadUpTo(beta + c, count);
                    Vector512<float> centred = Lanes.LoadUpTo(x + at, count) - Lanes.LoadUpTo(mean + c, count);
                    Lanes.StoreUpTo(Vector512.MultiplyAddEstimate(centred, Lanes.LoadUpTo(scale + c, count), shift), y + at, count);
                }
            }
        }
    }

    private readonly struct BackwardJob(
        float* x, float* mean, float* scale, float* a, float* b, float* dy, float* dx, nint columns, bool accumulate, Chunks chunks) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            for (nint row = start; row < end; row++)
            {
                for (nint c = 0; c < columns; c += Lanes.Count)
                {
                    nint count = Math.Min(Lanes.Count, columns - c), at = (row * columns) + c;
                    Vector512<float> share = Lanes.LoadUpTo(b + c, count), d = Lanes.LoadUpTo(dy + at, count) - Lanes.LoadUpTo(a + c, count);
                    Vector512<float> centred = VectorMath.ZeroWins(Lanes.LoadUpTo(x + at, count) - Lanes.LoadUpTo(mean + c, count), share);
                    Vector512<float> slope = Vector512.MultiplyAddEstimate(-centred, share, d);
                    Vector512<float> result = VectorMath.ZeroWins(Lanes.LoadUpTo(scale + c, count) * slope, slope);
                    if (accumulate) result += Lanes.LoadUpTo(dx + at, count);
                    Lanes.StoreUpTo(result, dx + at, count);
                }
            }
        }
    }
}
