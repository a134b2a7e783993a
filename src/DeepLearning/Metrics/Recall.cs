namespace DeepLearning;

/// <summary>
/// TP / (TP + FN): the fraction of positives found, also called sensitivity; 0 if there are none. From 0 to 1, higher is better. Keras: <c>Recall</c>, which
/// pools several outputs, as <see cref="Averaging.Micro"/> does; scikit-learn: <c>recall_score</c>; torchmetrics: <c>Recall</c>.
/// </summary>
public sealed class Recall : CountMetric
{
    /// <summary>The recall of the positive class, or one figure of several classes.</summary>
    /// <param name="averaging">How several classes or labels become one figure; by default one output or two classes are expected.</param>
    /// <param name="threshold">The probability above which one output, the second of two classes, or a label is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>recall</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public Recall(Averaging averaging = Averaging.Binary, double threshold = 0.5, string? name = null)
        : base(name ?? "recall", averaging, threshold) { }

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts) => Average(counts, static c => c.Recall);
}
