namespace DeepLearning.Kernels;

/// <summary>
/// Targets of a classification: labels as one-hot rows, and the check that rows are shares,
/// <c>0 ≤ t[r, c] ≤ 1 and |Σ t[r, ·] − 1| ≤ tolerance</c>.
/// </summary>
internal static class ClassTargets
{
    /// <summary>
    /// One-hot rows [labels, classes], smoothed by ε: <c>y[r, c] = ε/classes + (c == labels[r] ? 1 − ε : 0)</c>; rows of 0 for a label that is ignored. The
    /// others are whole and within the classes.
    /// </summary>
    public static void OneHot(ReadOnlySpan<float> labels, Span<float> y, int classes, float smoothing = 0f, int? ignored = null)
    {
        float share = smoothing / classes;
        y.Fill(share);
        for (int r = 0; r < labels.Length; r++)
        {
            if (labels[r] == ignored) y.Slice(r * classes, classes).Clear();
            else y[r * classes + (int)labels[r]] = 1f - smoothing + share;
        }
    }

    /// <summary>The first row that is not a distribution, and its sum; −1 if all are.</summary>
    public static int FirstWithoutShares(ReadOnlySpan<float> targets, int classes, float tolerance, out float sum)
    {
        sum = 0f;
        for (int start = 0; start < targets.Length; start += classes)
        {
            bool shares = true;
            sum = 0f;
            foreach (float share in targets.Slice(start, classes))
            {
                sum += share;
                shares &= share is >= 0f and <= 1f;
            }

            if (!shares || !(MathF.Abs(sum - 1f) <= tolerance)) return start / classes;
        }

        return -1;
    }
}
