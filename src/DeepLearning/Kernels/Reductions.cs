namespace DeepLearning.Kernels;

/// <summary>
/// Reductions in one fixed order, whatever the threads and the vector width. A span is seen as [outer, axis, inner], row-major;
/// the axis in the middle disappears. Work is split over outputs, never over a sum.
/// </summary>
internal static class Reductions
{
    /// <summary>Sum of all values: blocks of 4,096 in 16 float lanes each, block totals in double.</summary>
    public static double Sum(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float v in x) sum += v;
        return sum;
    }

    /// <summary>result[o, i] (+)= Σₐ x[o, a, i].</summary>
    public static void Sum(ReadOnlySpan<float> x, Span<float> result, int outer, int axis, int inner, bool accumulate = false)
    {
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                double sum = 0;
                for (int a = 0; a < axis; a++) sum += x[(o * axis + a) * inner + i];
                result[o * inner + i] = accumulate ? result[o * inner + i] + (float)sum : (float)sum;
            }
    }

    /// <summary>result[o, i] = maxₐ x[o, a, i] (NaN if any is NaN); axis ≥ 1.</summary>
    public static void Max(ReadOnlySpan<float> x, Span<float> result, int outer, int axis, int inner)
    {
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                float max = x[o * axis * inner + i];
                for (int a = 1; a < axis; a++) max = MathF.Max(max, x[(o * axis + a) * inner + i]);
                result[o * inner + i] = max;
            }
    }

    /// <summary>result[o, i] = the first a at which x[o, a, i] is largest (the first NaN, if any is NaN); axis ≥ 1.</summary>
    public static void ArgMax(ReadOnlySpan<float> x, Span<int> result, int outer, int axis, int inner)
    {
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int best = 0;
                float max = x[o * axis * inner + i];
                for (int a = 1; a < axis && !float.IsNaN(max); a++)
                {
                    float v = x[(o * axis + a) * inner + i];
                    if (v > max || float.IsNaN(v)) (best, max) = (a, v);
                }

                result[o * inner + i] = best;
            }
    }

    /// <summary>Σ x·y in double, the order of <see cref="Sum(ReadOnlySpan{float})"/>.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += (double)x[i] * y[i];
        return sum;
    }

    /// <summary>Whether no value is NaN or infinite.</summary>
    public static bool AllFinite(ReadOnlySpan<float> x)
    {
        foreach (float v in x)
            if (!float.IsFinite(v)) return false;
        return true;
    }
}
