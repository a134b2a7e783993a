namespace DeepLearning;

/// <summary>
/// The mean over classes of TP / (TP + FP + FN), the intersection over the union, also called the Jaccard index. Classes that occur neither in the targets nor
/// in the predictions are left out. From 0 to 1, higher is better. Predictions are probabilities of classes, for each sample or for each pixel, [batch, height,
/// width, classes]; targets are labels or one-hot rows. Keras: <c>MeanIoU</c>, which takes predicted labels, and <c>OneHotMeanIoU</c>.
/// </summary>
public sealed class MeanIoU : CountMetric
{
    /// <summary>The mean intersection over union.</summary>
    /// <param name="threshold">The probability above which one output, or the second of two classes, is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>mean_io_u</c> by default, as Keras spells it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public MeanIoU(double threshold = 0.5, string? name = null) : base(name ?? "mean_io_u", averaging: null, threshold) { }

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts) => Average(counts, static c => c.IntersectionOverUnion);
}
