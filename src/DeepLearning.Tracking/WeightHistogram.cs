using DeepLearning.Tracking.Schema;

namespace DeepLearning.Tracking;

/// <summary>The distribution of some values: 30 buckets of one width from the lowest to the highest, as TensorBoard's own histograms have.</summary>
internal static class WeightHistogram
{
    private const int Buckets = 30;

    public static HistogramProto Of(ReadOnlySpan<float> values)
    {
        (double min, double max, double sum, double squares) = (double.PositiveInfinity, double.NegativeInfinity, 0, 0);
        foreach (float value in values)
        {
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
            (sum, squares) = (sum + value, squares + (double)value * value);
        }

        // A bucket without a width would not be seen.
        if (min == max) (min, max) = (min - 0.5, max + 0.5);
        var counts = new double[Buckets];
        foreach (float value in values) counts[Math.Clamp((int)((value - min) / (max - min) * Buckets), 0, Buckets - 1)]++;
        var histogram = new HistogramProto { Min = min, Max = max, Num = values.Length, Sum = sum, SumSquares = squares };
        histogram.BucketLimit.AddRange(Enumerable.Range(1, Buckets).Select(i => min + (max - min) * i / Buckets));
        histogram.Bucket.AddRange(counts);
        return histogram;
    }
}
