namespace DeepLearning;

/// <summary>
/// The fraction of labels that are wrong, averaged over each sample's outputs: 1 − <see cref="BinaryAccuracy"/>. Each output is an independent yes or no, and
/// targets are 0 or 1. From 0 to 1, lower is better; NaN if a prediction is. scikit-learn: <c>hamming_loss</c>.
/// </summary>
public sealed class HammingLoss : MeanMetric
{
    private readonly float threshold;

    /// <summary>The fraction of wrong labels.</summary>
    /// <param name="threshold">The probability above which a label is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>hamming_loss</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public HammingLoss(double threshold = 0.5, string? name = null) => (this.threshold, Name) = (Thresholds.Require(threshold), name ?? "hamming_loss");

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not a 0 or 1 for each output.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ClassPlaces places = ClassReading.ReadAny(Name, predictions, targets, multiLabel: true);
        SamplePlaces.Require(Name, predictions, values);
        int each = places.Predictions.Length / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length; i++)
            values[i] = Thresholds.Wrong(places.Predictions.Slice(i * each, each), places.Targets.Slice(i * each, each), threshold) / each;
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => ClassReading.ValidateLabels(Name, targets, output);

    /// <summary>For example <c>HammingLoss(0.5)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(HammingLoss)}({threshold})");

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        ClassReading.OfLabels(this, loss, last, output);
        return this;
    }
}
