namespace DeepLearning.Kernels;

/// <content>The way back from a maximum: equal largest values share its gradient, <c>dx[o, a, i] (+)= x[o, a, i] == max[o, i] ? dy[o, i] / ties : 0</c>.</content>
internal static unsafe partial class Reductions
{
    /// <summary>dx from the values, their maxima and dy; ties are counted down the axis.</summary>
    public static void MaxBackward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> max, ReadOnlySpan<float> dy, Span<float> dx, int outer, int axis, int inner, bool accumulate)
    {
        CheckShape(x.Length, max.Length, outer, axis, inner);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int first = o * axis * inner + i, end = first + axis * inner, ties = 0;
                float largest = max[o * inner + i], d = dy[o * inner + i];
                for (int at = first; at < end; at += inner)
                    if (x[at] == largest) ties++;
                for (int at = first; at < end; at += inner)
                    dx[at] = (accumulate ? dx[at] : 0f) + (x[at] == largest ? d / ties : 0f);
            }
    }
}
