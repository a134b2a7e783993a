using System.Runtime.Intrinsics;

namespace DeepLearning.Kernels;

/// <content>The smallest and the largest value of a whole span: <c>least = min x[i], most = max x[i]</c>; lane l holds the elements l, l + 16, …</content>
internal static unsafe partial class Reductions
{
    /// <summary>(∞, −∞) for an empty span; NaN where one is NaN.</summary>
    public static (float Least, float Most) Extent(ReadOnlySpan<float> x)
    {
        Vector512<float> infinity = Vector512.Create(float.PositiveInfinity), least = infinity, most = -infinity;
        fixed (float* p = x)
        {
            int i = 0;
            for (; i <= x.Length - Lanes.Count; i += Lanes.Count)
            {
                Vector512<float> value = Vector512.Load(p + i);
                (least, most) = (Vector512.Min(least, value), Vector512.Max(most, value));
            }

            if (i < x.Length)
            {
                least = Vector512.Min(least, Lanes.Load(p + i, x.Length - i, infinity));
                most = Vector512.Max(most, Lanes.Load(p + i, x.Length - i, -infinity));
            }
        }

        return (-Lanes.Max(-least), Lanes.Max(most));
    }
}
