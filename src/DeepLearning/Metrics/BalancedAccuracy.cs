namespace DeepLearning;

/// <summary>
/// The mean of the classes' recalls, so that a rare class counts as much as a common one. Classes without samples are left out; 0 if there are none at all.
/// From 0 to 1, where 1 / classes is guessing; higher is better. scikit-learn: <c>balanced_accuracy_score</c>.
/// </summary>
public sealed class BalancedAccuracy : CountMetric
{
    /// <summary>The mean recall.</summary>
    /// <param name="threshold">The probability above which one output, or the second of two classes, is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>balanced_accuracy</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public BalancedAccuracy(double threshold = 0.5, string? name = null) : base(name ?? "balanced_accuracy", averaging: null, threshold) { }

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts)
    {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < counts.Count; c++)
        {
            if (counts[c].Support == 0) continue;
            sum += counts[c].Recall;
            present++;
        }

        return present == 0 ? 0 : sum / present;
    }
}
