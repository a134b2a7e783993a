namespace DeepLearning;

/// <summary>
/// 2·P·R / (P + R), the harmonic mean of precision P and recall R; 0 if both are 0. From 0 to 1, higher is better. Keras: <c>F1Score</c>, which without a
/// threshold takes the largest output as the class; scikit-learn: <c>f1_score</c>; torchmetrics: <c>F1Score</c>. Over the labels of images, as 2·TP / (2·TP +
/// FP + FN), it is the Dice coefficient.
/// </summary>
public sealed class F1Score : CountMetric
{
    /// <summary>F1 of the positive class, or one figure of several classes.</summary>
    /// <param name="averaging">How several classes or labels become one figure; by default one output or two classes are expected.</param>
    /// <param name="threshold">The probability above which one output, the second of two classes, or a label is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>f1_score</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public F1Score(Averaging averaging = Averaging.Binary, double threshold = 0.5, string? name = null)
        : base(name ?? "f1_score", averaging, threshold) { }

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts) => Average(counts, static c => c.FBeta(1));
}
