namespace DeepLearning;

/// <summary>
/// (p − e) / (1 − e) of the accuracy p and the accuracy e expected by chance at the same class frequencies. 1 is agreement, 0 is chance, and it may be
/// negative; higher is better. NaN if e is 1: only one class was seen and predicted. scikit-learn: <c>cohen_kappa_score</c>; torchmetrics: <c>CohenKappa</c>.
/// </summary>
public sealed class CohenKappa : CountMetric
{
    /// <summary>Cohen's kappa, unweighted.</summary>
    /// <param name="threshold">The probability above which one output, or the second of two classes, is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>cohen_kappa</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public CohenKappa(double threshold = 0.5, string? name = null) : base(name ?? "cohen_kappa", averaging: null, threshold) { }

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts)
    {
        double right = 0, chance = 0, total = counts.Total;
        for (int c = 0; c < counts.Count; c++)
        {
            BinaryCounts one = counts[c];
            right += one.TruePositives;
            chance += one.Support / total * (one.TruePositives + one.FalsePositives);
        }

        return (right - chance) / (total - chance);
    }
}
