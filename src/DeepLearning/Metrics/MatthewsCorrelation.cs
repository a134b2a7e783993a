namespace DeepLearning;

/// <summary>
/// The correlation of the predicted with the true classes: for two, (TP·TN − FP·FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN)); for more, Gorodkin's R_K. From
/// −1 to 1, where 0 is chance; higher is better. 0 if only one class was seen or predicted, as in scikit-learn's <c>matthews_corrcoef</c>; torchmetrics:
/// <c>MatthewsCorrCoef</c>.
/// </summary>
public sealed class MatthewsCorrelation : CountMetric
{
    /// <summary>Matthews' correlation coefficient.</summary>
    /// <param name="threshold">The probability above which one output, or the second of two classes, is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>matthews_correlation</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public MatthewsCorrelation(double threshold = 0.5, string? name = null) : base(name ?? "matthews_correlation", averaging: null, threshold) { }

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts)
    {
        // Shares of the total, whose products do not overflow. Sums of p(1 − p), where a single class gives exactly 0.
        double total = counts.Total, right = 0, together = 0, ofTargets = 0, ofPredictions = 0;
        for (int c = 0; c < counts.Count; c++)
        {
            BinaryCounts one = counts[c];
            double actual = one.Support / total, predicted = (one.TruePositives + one.FalsePositives) / total;
            right += one.TruePositives / total;
            together += actual * predicted;
            ofTargets += actual * (1 - actual);
            ofPredictions += predicted * (1 - predicted);
        }

        double product = ofTargets * ofPredictions;
        return product <= 0 ? 0 : (right - together) / Math.Sqrt(product);
    }
}
