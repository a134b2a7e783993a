namespace DeepLearning;

/// <summary>
/// The fraction of samples whose labels are all correct. Each output is an independent yes or no, and targets are 0 or 1. From 0 to 1, higher is better; NaN if
/// a prediction is. scikit-learn: <c>accuracy_score</c> of several labels; torchmetrics: <c>MultilabelExactMatch</c>.
/// </summary>
public sealed class SubsetAccuracy : MeanMetric
{
    private readonly float threshold;

    /// <summary>The fraction of samples without a wrong label.</summary>
    /// <param name="threshold">The probability above which a label is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>subset_accuracy</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public SubsetAccuracy(double threshold = 0.5, string? name = null) => (this.threshold, Name) = (Thresholds.Require(threshold), name ?? "subset_accuracy");

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not a 0 or 1 for each output.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ClassPlaces places = ClassReading.ReadAny(Name, predictions, targets, multiLabel: true);
        SamplePlaces.Require(Name, predictions, values);
        int each = places.Predictions.Length / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            float wrong = Thresholds.Wrong(places.Predictions.Slice(i * each, each), places.Targets.Slice(i * each, each), threshold);
            values[i] = wrong > 0f ? 0f : 1f - wrong;
        }
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => ClassReading.ValidateLabels(Name, targets, output);

    /// <summary>For example <c>SubsetAccuracy(0.5)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(SubsetAccuracy)}({threshold})");

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        ClassReading.OfLabels(this, loss, last, output);
        return this;
    }
}
