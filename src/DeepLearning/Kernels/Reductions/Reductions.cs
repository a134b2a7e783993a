using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// Reductions in one fixed order, whatever the threads and the vector width. A span is seen as [outer, axis, inner], row-major; the axis in the middle
/// disappears: <c>for each o, i: result[o, i] = fold over a of x[o, a, i]</c>. Here the two that take a whole span: <c>Σ x[i]·y[i]</c> and <c>|x[i]| ≤ limit
/// for each i</c>; lane l holds the elements l, l + 16, l + 32, … Work is split over outputs, never over a sum.
/// </summary>
internal static unsafe partial class Reductions
{
    /// <summary>Values a chunk must read before a second thread pays.</summary>
    private const int SmallestChunk = 32 * 1024;

    /// <summary>
    /// Σ x·y: the blocks of <see cref="Sum(ReadOnlySpan{float})"/>, products and lanes in double, so that squares of large floats do not overflow.
    /// </summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, x.Length);
        fixed (float* xp = x, yp = y)
        {
            double total = 0;
            for (nint start = 0; start < x.Length; start += Block)
            {
                Vector512<double> low = Vector512<double>.Zero, high = low;
                nint i = start, end = Math.Min(start + Block, x.Length);
                for (; i <= end - Lanes.Count; i += Lanes.Count) Multiply(Vector512.Load(xp + i), Vector512.Load(yp + i), ref low, ref high);
                if (i < end) Multiply(Lanes.Load(xp + i, end - i), Lanes.Load(yp + i, end - i), ref low, ref high);
                total += Lanes.Sum(low, high);
            }

            return total;
        }
    }

    /// <summary>Whether no value is NaN or infinite.</summary>
    public static bool AllFinite(ReadOnlySpan<float> x) => AllWithin(x, float.MaxValue);

    /// <summary>
    /// Whether |x[i]| ≤ limit for each i, which no NaN is: without their signs, floats are in the order of their bits, infinity and NaN at the end.
    /// </summary>
    public static bool AllWithin(ReadOnlySpan<float> x, float limit)
    {
        fixed (float* p = x)
        {
            Vector512<int> size = Vector512.Create(int.MaxValue), most = Vector512.Create(BitConverter.SingleToInt32Bits(limit));
            nint i = 0;
            for (; i <= x.Length - 4 * Lanes.Count; i += 4 * Lanes.Count)
            {
                Vector512<int> a = Vector512.GreaterThan(Vector512.Load((int*)p + i) & size, most);
                Vector512<int> b = Vector512.GreaterThan(Vector512.Load((int*)p + i + 16) & size, most);
                Vector512<int> c = Vector512.GreaterThan(Vector512.Load((int*)p + i + 32) & size, most);
                Vector512<int> d = Vector512.GreaterThan(Vector512.Load((int*)p + i + 48) & size, most);
                if ((a | b | c | d) != Vector512<int>.Zero) return false;
            }

            for (; i < x.Length; i += Lanes.Count)
            {
                Vector512<int> bits = Lanes.Load(p + i, Math.Min(Lanes.Count, x.Length - i)).AsInt32();
                if (Vector512.GreaterThanAny(bits & size, most)) return false;
            }

            return true;
        }
    }

    private static void Multiply(Vector512<float> x, Vector512<float> y, ref Vector512<double> low, ref Vector512<double> high)
    {
        low = Vector512.MultiplyAddEstimate(Vector512.WidenLower(x), Vector512.WidenLower(y), low);
        high = Vector512.MultiplyAddEstimate(Vector512.WidenUpper(x), Vector512.WidenUpper(y), high);
    }
}
