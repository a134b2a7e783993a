using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// Normalization of each row of [rows, columns]: <c>y[r, c] = (x[r, c] − mean[r])·inverse[r]·gamma[c] + beta[c]</c> with
/// <c>inverse[r] = 1 / √(variance[r] + ε)</c>, and its gradients. Without centring the mean is 0 and the variance the mean of squares. A row's value c is in
/// lane c mod 16; sums are in double, the lanes folded by the tree of <see cref="Lanes"/>. A row's bits depend on its values alone. Where dy is 0, no NaN or
/// infinity in x reaches the gradients.
/// </summary>
internal static unsafe class LayerNormalizationKernel
{
    /// <summary>Values a chunk must hold before a second thread pays off.</summary>
    private const int SmallestChunk = 16 * 1024;

    /// <summary>Writes y, and the mean and the inverse deviation of each row, which the backward pass needs. No gamma means ones, no beta zeros.</summary>
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, Span<float> y, Span<float> mean, Span<float> inverse,
        int rows, int columns, double epsilon, bool centred)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, (long)rows * columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, (long)rows * columns);
        fixed (float* px = x, pg = gamma, pb = beta, py = y, pm = mean, pi = inverse)
        {
            var chunks = new Chunks(rows, Math.Max(1, SmallestChunk / Math.Max(1, columns)), 1);
            var job = new ForwardJob(px, pg, pb, py, pm, pi, columns, epsilon, centred, chunks);
            chunks.Run(ref job);
        }
    }

    /// <summary>
    /// dx (+)= inverse·(g − Σg/n − z·Σg·z/n) with g = dy·gamma and z = (x − mean)·inverse, without Σg where the rows are not centred; and Σ dy, Σ dy·z for each
    /// column, the gradients of beta and gamma, as the first 2 · columns of the scratch memory. No dx: only the sums.
    /// </summary>
    public static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, ReadOnlySpan<float> dy, Span<float> dx,
        int rows, int columns, bool centred, bool accumulate, Span<double> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, (long)rows * columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(dy.Length, (long)rows * columns);
        if (!dx.IsEmpty) ArgumentOutOfRangeException.ThrowIfLessThan(dx.Length, (long)rows * columns);
        fixed (float* px = x, pg = gamma, pm = mean, pi = inverse, pd = dy, pr = dx)
            ColumnSums.Run(new BackwardTerms(px, pg, pm, pi, pd, pr, columns, centred, accumulate), rows, columns, scratch);
    }

    private readonly struct ForwardJob(
        float* x, float* gamma, float* beta, float* y, float* mean, float* inverse, nint columns, double epsilon, bool centred, Chunks chunks) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            for (nint row = start; row < end; row++)
            {
                float* from = x + (row * columns), to = y + (row * columns);
                double centre = centred ? Sum(from) / columns : 0;
                float m = (float)centre, scale = (float)(1 / Math.Sqrt((Squares(from, centre) / columns) + epsilon));
                (mean[row], inverse[row]) = (m, scale);
                for (nint c = 0; c < columns; c += Lanes.Count)
                {
                    nint count = Math.Min(Lanes.Count, columns - c);
                    Vector512<float> z = (Lanes.LoadUpTo(from + c, count) - Vector512.Create(m)) * scale;
                    if (gamma != null) z *= Lanes.LoadUpTo(gamma + c, count);
                    if (beta != null) z += Lanes.LoadUpTo(beta + c, count);
                    Lanes.StoreUpTo(z, to + c, count);
                }
            }
        }

        private double Sum(float* row)
        {
            DoubleLanes sum = default;
            for (nint c = 0; c < columns; c += Lanes.Count) sum.Add(new DoubleLanes(Lanes.LoadUpTo(row + c, Math.Min(Lanes.Count, columns - c))));
            return sum.Sum;
        }

        private double Squares(float* row, double centre)
        {
            DoubleLanes sum = default;
            nint c = 0;
            for (; c <= columns - Lanes.Count; c += Lanes.Count)
            {
                DoubleLanes d = new DoubleLanes(Vector512.Load(row + c)).Minus(centre);
                sum.AddProduct(d, d);
            }

            if (c < columns)
            {
                DoubleLanes d = new DoubleLanes(Lanes.Load(row + c, columns - c)).Minus(centre).First(columns - c);
                sum.AddProduct(d, d);
            }

            return sum.Sum;
        }
    }

    /// <summary>dy and dy·z; a block's dx are written before its terms are read.</summary>
    private readonly struct BackwardTerms(
        float* x, float* gamma, float* mean, float* inverse, float* dy, float* dx, nint columns, bool centred, bool accumulate) : IColumnTerms
    {
        public void Prepare(nint first, nint end)
        {
            if (dx == null) return;
            for (nint row = first; row < end; row++)
            {
                nint at = row * columns;
                Vector512<float> m = Vector512.Create(mean[row]), scale = Vector512.Create(inverse[row]);
                DoubleLanes sum = default, product = default;
                for (nint c = 0; c < columns; c += Lanes.Count)
                {
                    nint count = Math.Min(Lanes.Count, columns - c);
                    Vector512<float> g = Slope(at + c, c, count);
                    DoubleLanes wide = new(g);
                    sum.Add(wide);
                    product.AddProduct(wide, new DoubleLanes(VectorMath.ZeroWins((Lanes.LoadUpTo(x + at + c, count) - m) * scale, g)));
                }

                Vector512<float> a = Vector512.Create(centred ? (float)(sum.Sum / columns) : 0f);
                Vector512<float> b = Vector512.Create((float)(product.Sum / columns));
                for (nint c = 0; c < columns; c += Lanes.Count)
                {
                    nint count = Math.Min(Lanes.Count, columns - c);
                    Vector512<float> z = VectorMath.ZeroWins((Lanes.LoadUpTo(x + at + c, count) - m) * scale, b);
                    Vector512<float> slope = Vector512.MultiplyAddEstimate(-z, b, Slope(at + c, c, count) - a);
                    Vector512<float> result = VectorMath.ZeroWins(scale * slope, slope);
                    if (accumulate) result += Lanes.LoadUpTo(dx + at + c, count);
                    Lanes.StoreUpTo(result, dx + at + c, count);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(nint row, nint column, nint count, ref DoubleLanes first, ref DoubleLanes second)
        {
            nint at = (row * columns) + column;
            Vector512<float> slope = Lanes.LoadUpTo(dy + at, count);
            DoubleLanes d = new(slope);
            first.Add(d);
            second.AddProduct(d, new DoubleLanes(VectorMath.ZeroWins((Lanes.LoadUpTo(x + at, count) - Vector512.Create(mean[row])) * inverse[row], slope)));
        }

        private Vector512<float> Slope(nint at, nint column, nint count)
        {
            Vector512<float> d = Lanes.LoadUpTo(dy + at, count);
            return gamma == null ? d : VectorMath.ZeroWins(d * Lanes.LoadUpTo(gamma + column, count), d);
        }
    }
}
