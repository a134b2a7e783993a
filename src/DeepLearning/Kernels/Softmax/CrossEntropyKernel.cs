using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// Cross-entropy of each row of logits, and its slope, in one pass. Equals, with p = softmax(x[r, ·]),
/// <c>losses[r] = −Σ t[r, c]·log p[c]; slopes[r, c] = p[c]·Σ t[r, ·] − t[r, c]</c>.
/// Rows of up to 16 classes are turned, so that lane l is row l of 16; longer rows have the lanes of <see cref="RowStrip"/>. Sums are kept in double.
/// A slope p − t is a difference of floats: where p is near t = 1, it comes in steps of 6e-8.
/// </summary>
internal static unsafe class CrossEntropyKernel
{
    private const int SmallestChunk = 8 * 1024;

    /// <summary>Classes up to which a row would leave lanes idle.</summary>
    private const int Narrow = Lanes.Count;

    /// <summary>
    /// Losses and slopes from logits and targets; a target of 0 contributes nothing, even if log p is −∞. A row of only −∞ means equal probabilities,
    /// a row with +∞ or NaN gives NaN.
    /// </summary>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> t, Span<float> losses, Span<float> slopes, int rows, int classes)
    {
        long length = (long)rows * classes;
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(t.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(slopes.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(losses.Length, rows);
        if (length == 0)
        {
            losses[..rows].Clear();
            return;
        }

        fixed (float* xp = x, tp = t, l = losses, s = slopes)
        {
            var chunks = new Chunks(rows, Math.Max(1, SmallestChunk / classes), Lanes.Count);
            var job = new RowsJob(xp, tp, l, s, classes, chunks);
            chunks.Run(ref job);
        }
    }

    /// <summary>dx[r, c] (+)= slopes[r, c]·dy[r]; 0 where dy[r] is 0, even if a slope is NaN.</summary>
    public static void Backward(ReadOnlySpan<float> slopes, ReadOnlySpan<float> dy, Span<float> dx, int rows, int classes, bool accumulate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slopes.Length, (long)rows * classes);
        ArgumentOutOfRangeException.ThrowIfLessThan(dx.Length, (long)rows * classes);
        ArgumentOutOfRangeException.ThrowIfLessThan(dy.Length, rows);
        fixed (float* s = slopes, d = dy, r = dx)
            for (int row = 0; row < rows; row++)
            {
                Vector512<float> factor = Vector512.Create(d[row]);
                float* from = s + ((nint)row * classes), to = r + ((nint)row * classes);
                for (int c = 0; c < classes; c += Lanes.Count)
                {
                    nint count = Math.Min(Lanes.Count, classes - c);
                    Vector512<float> share = VectorMath.ZeroWins(Lanes.Load(from + c, count) * factor, factor);
                    Lanes.Store(accumulate ? Lanes.Load(to + c, count) + share : share, to + c, count);
                }
            }
    }

    /// <summary>The losses, each in the lanes of its own row.</summary>
    private static Vector512<float> Run<TStrip>(TStrip strip, float* x, float* t, float* slopes) where TStrip : struct, IStrip
    {
        Vector512<float> zero = Vector512<float>.Zero, lowest = Vector512.Create(float.NegativeInfinity);
        Vector512<float> max = SoftmaxKernel.Largest(strip, x, out Vector512<float> empty);
        Vector512<double> low = Vector512<double>.Zero, high = low, totalLow = low, totalHigh = low, lossLow = low, lossHigh = low;
        for (nint v = 0; v < strip.Vectors; v++)
        {
            Vector512<float> e = VectorMath.Exp(strip.Load(x, v, lowest) - max), target = strip.Load(t, v, zero);
            strip.Store(e, slopes, v);
            low += Vector512.WidenLower(e);
            high += Vector512.WidenUpper(e);
            totalLow += Vector512.WidenLower(target);
            totalHigh += Vector512.WidenUpper(target);
        }

        (low, high) = TStrip.Sum(low, high);
        (totalLow, totalHigh) = TStrip.Sum(totalLow, totalHigh);
        // The largest value's own term is 1: what the others add to it keeps its digits down to about 1e-9 and is lost below 1e-16, where a double rounds.
        Vector512<float> log = VectorMath.Log1p(Vector512.Narrow(low - Vector512<double>.One, high - Vector512<double>.One));
        Vector512<float> share = Vector512.Narrow(totalLow / low, totalHigh / high);
        if (empty != zero)
        {
            // A row of only −∞ means equal probabilities.
            log = Vector512.ConditionalSelect(empty, VectorMath.Log(Vector512.Create((float)strip.Axis)), log);
            share = Vector512.ConditionalSelect(empty, Vector512.Narrow(totalLow, totalHigh) / strip.Axis, share);
        }

        for (nint v = 0; v < strip.Vectors; v++)
        {
            Vector512<float> target = strip.Load(t, v, zero), e = Vector512.ConditionalSelect(empty, Vector512<float>.One, strip.Load(slopes, v, zero));
            Vector512<float> logarithm = Vector512.ConditionalSelect(empty, -log, strip.Load(x, v, zero) - max - log);
            Vector512<float> loss = Vector512.AndNot(-target * logarithm, Vector512.Equals(target, zero));
            lossLow += Vector512.WidenLower(loss);
            lossHigh += Vector512.WidenUpper(loss);
            strip.Store(Vector512.MultiplyAddEstimate(e, share, -target), slopes, v);
        }

        (lossLow, lossHigh) = TStrip.Sum(lossLow, lossHigh);
        return Vector512.Narrow(lossLow, lossHigh);
    }

    private readonly struct RowsJob(float* x, float* t, float* losses, float* slopes, int classes, Chunks chunks) : IParallelJob
    {
        public void Execute(int part)
        {
            (nint start, nint end) = chunks[part];
            if (classes <= Narrow) RunTurned(start, end);
            else
                for (nint row = start; row < end; row++)
                    losses[row] = Run(new RowStrip(classes), x + (row * classes), t + (row * classes), slopes + (row * classes)).ToScalar();
        }

        [SkipLocalsInit]
        private void RunTurned(nint start, nint end)
        {
            const int Tile = Narrow * Lanes.Count;
            float* turnedX = stackalloc float[3 * Tile], turnedT = turnedX + Tile, turnedSlopes = turnedT + Tile;
            for (nint row = start; row < end; row += Lanes.Count)
            {
                nint count = Math.Min(Lanes.Count, end - row), at = row * classes;
                GemmPacking.Transpose(x + at, classes, (int)count, classes, turnedX, Lanes.Count);
                GemmPacking.Transpose(t + at, classes, (int)count, classes, turnedT, Lanes.Count);
                Lanes.Store(Run(new ColumnStrip(classes, Lanes.Count, Lanes.Count), turnedX, turnedT, turnedSlopes), losses + row, count);
                GemmPacking.Transpose(turnedSlopes, Lanes.Count, classes, (int)count, slopes + at, classes);
            }
        }
    }
}
