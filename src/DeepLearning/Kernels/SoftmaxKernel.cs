namespace DeepLearning.Kernels;

/// <summary>Softmax and its kin along the middle of [outer, axis, inner], with the maximum subtracted first.</summary>
internal static class SoftmaxKernel
{
    /// <summary>
    /// y = e^(x − max) / Σ e^(x − max). A row that is −∞ throughout gives a uniform row: the limit from equal values.
    /// A row with +∞ or NaN gives NaN.
    /// </summary>
    public static void Softmax(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner)
    {
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                float max = float.NegativeInfinity;
                for (int a = 0; a < axis; a++) max = MathF.Max(max, x[(o * axis + a) * inner + i]);
                if (float.IsNegativeInfinity(max))
                {
                    for (int a = 0; a < axis; a++) y[(o * axis + a) * inner + i] = 1f / axis;
                    continue;
                }

                float sum = 0;
                for (int a = 0; a < axis; a++) sum += y[(o * axis + a) * inner + i] = MathF.Exp(x[(o * axis + a) * inner + i] - max);
                for (int a = 0; a < axis; a++) y[(o * axis + a) * inner + i] /= sum;
            }
    }

    /// <summary>y = x − max − log Σ e^(x − max); a row of −∞ gives −log(axis).</summary>
    public static void LogSoftmax(ReadOnlySpan<float> x, Span<float> y, int outer, int axis, int inner)
    {
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                float max = float.NegativeInfinity;
                for (int a = 0; a < axis; a++) max = MathF.Max(max, x[(o * axis + a) * inner + i]);
                float sum = 0;
                bool uniform = float.IsNegativeInfinity(max);
                for (int a = 0; a < axis; a++) sum += uniform ? 1f : MathF.Exp(x[(o * axis + a) * inner + i] - max);
                float log = MathF.Log(sum);
                for (int a = 0; a < axis; a++) y[(o * axis + a) * inner + i] = uniform ? -log : x[(o * axis + a) * inner + i] - max - log;
            }
    }

    /// <summary>dx (+)= y·(dy − Σ dy·y): the gradient of softmax from its result.</summary>
    public static void SoftmaxBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int outer, int axis, int inner, bool accumulate)
    {
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                float dot = 0;
                for (int a = 0; a < axis; a++) dot += y[(o * axis + a) * inner + i] * dy[(o * axis + a) * inner + i];
                for (int a = 0; a < axis; a++)
                {
                    int at = (o * axis + a) * inner + i;
                    float d = y[at] * (dy[at] - dot);
                    dx[at] = accumulate ? dx[at] + d : d;
                }
            }
    }

    /// <summary>dx (+)= dy − e^y·Σ dy: the gradient of log-softmax from its result.</summary>
    public static void LogSoftmaxBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int outer, int axis, int inner, bool accumulate)
    {
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                float sum = 0;
                for (int a = 0; a < axis; a++) sum += dy[(o * axis + a) * inner + i];
                for (int a = 0; a < axis; a++)
                {
                    int at = (o * axis + a) * inner + i;
                    float d = dy[at] - MathF.Exp(y[at]) * sum;
                    dx[at] = accumulate ? dx[at] + d : d;
                }
            }
    }
}
