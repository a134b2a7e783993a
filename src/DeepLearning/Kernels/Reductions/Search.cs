using System.Numerics;
using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <summary>
/// The first value that a check objects to: <c>for i ascending: if test(x[i], …) return i; return −1</c>, 16 lanes at a time, lane l is element i + l. A test is a
/// formula whose lanes are masks, all bits set or none; the lanes behind the end do not count.
/// </summary>
internal static unsafe partial class Search
{
    /// <summary>The first place at which a test of x holds; −1 where there is none.</summary>
    public static int First<TTest>(TTest test, ReadOnlySpan<float> x) where TTest : struct, IUnary => First(new OfFirst<TTest>(test), x, x);

    /// <summary>The first place at which a test of x and y holds; −1 where there is none.</summary>
    public static int First<TTest>(TTest test, ReadOnlySpan<float> x, ReadOnlySpan<float> y) where TTest : struct, IBinary
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, x.Length);
        fixed (float* xp = x, yp = y)
        {
            int i = 0;
            for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
            {
                ulong found = test.Invoke(Vector512.Load(xp + i), Vector512.Load(yp + i)).ExtractMostSignificantBits();
                if (found != 0) return i + BitOperations.TrailingZeroCount(found);
            }

            int rest = x.Length - i;
            if (rest == 0) return -1;
            ulong last = test.Invoke(Lanes.Load(xp + i, rest), Lanes.Load(yp + i, rest)).ExtractMostSignificantBits() & ((1UL << rest) - 1);
            return last != 0 ? i + BitOperations.TrailingZeroCount(last) : -1;
        }
    }

    /// <summary>The first place of an index that is not in 0 … count − 1; −1 where there is none.</summary>
    public static int FirstOutside(ReadOnlySpan<int> indices, int count)
        => count > 0 ? indices.IndexOfAnyExceptInRange(0, count - 1) : indices.IsEmpty ? -1 : 0;

    private readonly struct OfFirst<TTest>(TTest test) : IBinary where TTest : struct, IUnary
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> y) => test.Invoke(x);
    }
}
