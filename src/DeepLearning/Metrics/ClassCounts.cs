namespace DeepLearning;

/// <summary>
/// What a <see cref="CountMetric"/> counts: for each class the <see cref="BinaryCounts"/> against the others. One output has two classes, 0 and 1.
/// </summary>
public readonly struct ClassCounts
{
    private readonly MetricSums sums;
    private readonly bool multiLabel;

    /// <param name="sums">For each class the true positives, then the false positives, then the false negatives; last the samples.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="multiLabel">Whether a sample may have several classes.</param>
    internal ClassCounts(MetricSums sums, int classes, bool multiLabel) => (this.sums, Count, this.multiLabel) = (sums, classes, multiLabel);

    /// <summary>The number of classes or labels.</summary>
    public int Count { get; }

    /// <summary>The weight of all samples, and of all positions in them.</summary>
    public double Total => sums[3 * Count];

    /// <summary>One class against the others.</summary>
    /// <param name="index">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public BinaryCounts this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} classes, counted from 0; {index} is none of them.");
            double found = sums[index], wrong = sums[Count + index], missed = sums[2 * Count + index];
            return new BinaryCounts(found, wrong, missed, Math.Max(0, Total - found - wrong - missed));
        }
    }

    /// <summary>The counts of all classes added up.</summary>
    public BinaryCounts Sum
    {
        get
        {
            double found = 0, wrong = 0, missed = 0;
            for (int c = 0; c < Count; c++)
            {
                found += sums[c];
                wrong += sums[Count + c];
                missed += sums[2 * Count + c];
            }

            return new BinaryCounts(found, wrong, missed, Math.Max(0, Count * Total - found - wrong - missed));
        }
    }

    /// <summary>Averages a figure over the classes.</summary>
    /// <param name="averaging">How to average.</param>
    /// <param name="figure">Computes it for one class; <c>static c => c.Precision</c>.</param>
    /// <returns>0 if no class counts; NaN if a prediction was.</returns>
    public double Average(Averaging averaging, Func<BinaryCounts, double> figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (averaging == Averaging.Binary) return figure(this[1]);
        if (averaging == Averaging.Micro) return figure(Sum);
        double sum = 0, weight = 0;
        for (int c = 0; c < Count; c++)
        {
            BinaryCounts one = this[c];
            bool occurs = multiLabel || one.Support + one.FalsePositives != 0;
            double weighs = averaging == Averaging.Weighted ? one.Support : occurs ? 1 : 0;
            if (weighs == 0) continue;
            sum += weighs * figure(one);
            weight += weighs;
        }

        return weight == 0 ? 0 : sum / weight;
    }
}
