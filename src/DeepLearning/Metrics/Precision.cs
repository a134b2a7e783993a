namespace DeepLearning;

/// <summary>
/// TP / (TP + FP): the fraction of predicted positives that are positive; 0 if none was predicted. From 0 to 1, higher is better. Keras: <c>Precision</c>,
/// which pools several outputs, as <see cref="Averaging.Micro"/> does; scikit-learn: <c>precision_score</c>; torchmetrics: <c>Precision</c>.
/// </summary>
public sealed class Precision : CountMetric
{
    /// <summary>The precision of the positive class, or one figure of several classes.</summary>
    /// <param name="averaging">How several classes or labels become one figure; by default one output or two classes are expected.</param>
    /// <param name="threshold">The probability above which one output, the second of two classes, or a label is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>precision</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public Precision(Averaging averaging = Averaging.Binary, double threshold = 0.5, string? name = null)
        : base(name ?? "precision", averaging, threshold) { }

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts) => Average(counts, static c => c.Precision);
}
