using System.Buffers;

namespace DeepLearning.Kernels;

/// <summary>
/// Connectionist temporal classification: −log of the summed probability of all paths over time that spell a sequence of labels, where class 0 is the blank,
/// and its gradient with respect to the logits. With blanks between the labels, e = 0 l₁ 0 l₂ … 0, forwards
/// <c>a[t, s] = log p[t, e[s]] + log Σ e^a[t−1, s′]</c> over s′ = s, s − 1, and s − 2 where e[s] is neither a blank nor e[s − 2]; backwards likewise;
/// <c>slopes[t, c] = p[t, c] − Σ over e[s] = c of the share of paths through s at t</c>. Sums are kept as logarithms, in double. A row's labels end at its
/// first 0.
/// </summary>
internal static class CtcKernel
{
    /// <summary>Losses [rows] and slopes [rows, time, classes], which hold log p at first. Infinite with zero slopes if there are too few time steps.</summary>
    public static void Forward(ReadOnlySpan<float> labels, Span<float> losses, Span<float> slopes, int rows, int time, int classes)
    {
        int length = labels.Length / Math.Max(1, rows), places = 2 * length + 1;
        double[] scratch = ArrayPool<double>.Shared.Rent((time + 2) * places);
        for (int r = 0; r < rows; r++)
            losses[r] = Row(LabelsOf(labels.Slice(r * length, length)), slopes.Slice(r * time * classes, time * classes), scratch, time, classes);
        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <summary>The first row with a label after its padding, or that needs more time steps than there are; −1 if none does.</summary>
    public static int FirstUnfit(ReadOnlySpan<float> labels, int rows, int time, out int needed)
    {
        int length = labels.Length / Math.Max(1, rows);
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> all = labels.Slice(r * length, length), of = LabelsOf(all);
            needed = of.Length;
            // Repeated labels need a blank in between.
            for (int i = 1; i < of.Length; i++)
                if (of[i] == of[i - 1]) needed++;
            if (needed > time || all[of.Length..].ContainsAnyExcept(0f)) return r;
        }

        needed = 0;
        return -1;
    }

    private static ReadOnlySpan<float> LabelsOf(ReadOnlySpan<float> padded) => padded.IndexOf(0f) is >= 0 and var end ? padded[..end] : padded;

    private static float Row(ReadOnlySpan<float> labels, Span<float> logs, double[] scratch, int time, int classes)
    {
        int places = 2 * labels.Length + 1;
        Span<double> forward = scratch.AsSpan(0, time * places);
        Span<double> next = scratch.AsSpan(time * places, places), now = scratch.AsSpan((time + 1) * places, places);
        for (int s = 0; s < places; s++) forward[s] = s < 2 ? logs[ClassAt(labels, s)] : double.NegativeInfinity;
        for (int t = 1; t < time; t++)
        {
            Span<double> before = forward.Slice((t - 1) * places, places), here = forward.Slice(t * places, places);
            for (int s = 0; s < places; s++) here[s] = logs[t * classes + ClassAt(labels, s)] + From(before, labels, s);
        }

        Span<double> last = forward[^places..];
        double total = places == 1 ? last[0] : LogSum(last[^1], last[^2]);
        if (double.IsNegativeInfinity(total))
        {
            logs.Clear();
            return float.PositiveInfinity;
        }

        for (int t = time - 1; t >= 0; t--)
        {
            Span<float> row = logs.Slice(t * classes, classes);
            // What follows place s after time t: its own emission is in the forward sum.
            for (int s = 0; s < places; s++) now[s] = t == time - 1 ? s >= places - 2 ? 0 : double.NegativeInfinity : To(next, labels, s);
            for (int s = 0; s < places; s++) next[s] = now[s] + row[ClassAt(labels, s)];
            for (int c = 0; c < classes; c++) row[c] = MathF.Exp(row[c]);
            for (int s = 0; s < places; s++) row[ClassAt(labels, s)] -= (float)Math.Exp(forward[t * places + s] + now[s] - total);
        }

        return (float)-total;
    }

    private static int ClassAt(ReadOnlySpan<float> labels, int place) => place % 2 == 0 ? 0 : (int)labels[place / 2];

    /// <summary>Whether a path may step over the blank before a place.</summary>
    private static bool Skips(ReadOnlySpan<float> labels, int place) => place % 2 == 1 && place > 1 && labels[place / 2] != labels[place / 2 - 1];

    private static double From(ReadOnlySpan<double> before, ReadOnlySpan<float> labels, int s)
    {
        double sum = s == 0 ? before[0] : LogSum(before[s], before[s - 1]);
        return Skips(labels, s) ? LogSum(sum, before[s - 2]) : sum;
    }

    private static double To(ReadOnlySpan<double> after, ReadOnlySpan<float> labels, int s)
    {
        double sum = s == after.Length - 1 ? after[s] : LogSum(after[s], after[s + 1]);
        return s + 2 < after.Length && Skips(labels, s + 2) ? LogSum(sum, after[s + 2]) : sum;
    }

    /// <summary>log(eᵃ + eᵇ).</summary>
    private static double LogSum(double a, double b)
    {
        double most = Math.Max(a, b);
        return double.IsInfinity(most) ? most : most + Math.Log(1 + Math.Exp(Math.Min(a, b) - most));
    }
}
