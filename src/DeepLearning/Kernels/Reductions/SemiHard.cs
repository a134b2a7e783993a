namespace DeepLearning.Kernels;

/// <summary>
/// Semi-hard negatives of triplets. For samples a and p with the same label, <c>y[a, p] = min over k of another label with d[a, k] > d[a, p] of d[a, k]</c>, or
/// where there is none, the largest d[a, k] of another label. <c>chosen[a, p] = k</c>. Pairs with different labels, a sample with itself, and samples without
/// another label have <see cref="None"/>, above any distance, and k = −1.
/// </summary>
internal static class SemiHard
{
    public const float None = 1e30f;

    public static void Forward(ReadOnlySpan<float> d, ReadOnlySpan<float> labels, Span<float> y, Span<float> chosen, int n)
    {
        for (int a = 0; a < n; a++)
            for (int p = 0; p < n; p++)
            {
                int best = p != a && labels[p] == labels[a] ? Negative(d.Slice(a * n, n), labels, a, p) : -1;
                (y[a * n + p], chosen[a * n + p]) = best < 0 ? (None, -1f) : (d[a * n + best], best);
            }
    }

    /// <summary>dd[a, chosen[a, p]] (+)= dy[a, p].</summary>
    public static void Backward(ReadOnlySpan<float> chosen, ReadOnlySpan<float> dy, Span<float> dd, int n, bool accumulate)
    {
        if (!accumulate) dd.Clear();
        for (int i = 0; i < n * n; i++)
            if (chosen[i] >= 0f) dd[i / n * n + (int)chosen[i]] += dy[i];
    }

    private static int Negative(ReadOnlySpan<float> d, ReadOnlySpan<float> labels, int a, int p)
    {
        int beyond = -1, farthest = -1;
        for (int k = 0; k < d.Length; k++)
        {
            if (labels[k] == labels[a]) continue;
            if (d[k] > d[p] && (beyond < 0 || d[k] < d[beyond])) beyond = k;
            if (farthest < 0 || d[k] > d[farthest]) farthest = k;
        }

        return beyond >= 0 ? beyond : farthest;
    }
}
