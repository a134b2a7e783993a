namespace DeepLearning;

/// <summary>
/// TN / (TN + FP): the fraction of negatives predicted as such; 0 if there are none. From 0 to 1, higher is better. scikit-learn: <c>recall_score</c> with
/// <c>pos_label=0</c>; torchmetrics: <c>Specificity</c>. Keras's <c>SpecificityAtSensitivity</c> searches for a threshold; here it is given.
/// </summary>
public sealed class Specificity : CountMetric
{
    /// <summary>The specificity for the positive class, or one figure of several classes.</summary>
    /// <param name="averaging">How several classes or labels become one figure; by default one output or two classes are expected.</param>
    /// <param name="threshold">The probability above which one output, the second of two classes, or a label is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>specificity</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public Specificity(Averaging averaging = Averaging.Binary, double threshold = 0.5, string? name = null)
        : base(name ?? "specificity", averaging, threshold) { }

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts) => Average(counts, static c => c.Specificity);
}
