namespace DeepLearning;

/// <summary>
/// The squared error of probabilities: for one output or two classes (p − t)² of the positive class, from 0 to 1; for more classes Σ (p − t)² over them, from 0
/// to 2. Lower is better, 0 is certain and correct; NaN if a prediction is. Targets are labels or one-hot rows, whose largest value counts as 1. scikit-learn:
/// <c>brier_score_loss</c>.
/// </summary>
public sealed class BrierScore : MeanMetric
{
    /// <summary>The Brier score.</summary>
    /// <param name="name">The name in a history; <c>brier_score</c> by default.</param>
    public BrierScore(string? name = null) => Name = name ?? "brier_score";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Targets are not classes of the predictions.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ClassPlaces places = ClassReading.ReadAny(Name, predictions, targets);
        SamplePlaces.Require(Name, predictions, values);
        for (int i = 0; i < values.Length; i++)
        {
            double sum = 0;
            for (int j = i * places.InSample; j < (i + 1) * places.InSample; j++) sum += Of(places[j], places.Actual(j));
            values[i] = (float)(sum / places.InSample);
        }
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => ClassReading.ValidateClasses(Name, targets, output);

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        ClassReading.Of(this, averaging: null, loss, last, output);
        return this;
    }

    private static double Of(ReadOnlySpan<float> p, int actual)
    {
        if (p.Length <= 2) return Square(p[^1] - (double)actual);
        double sum = 0;
        for (int c = 0; c < p.Length; c++) sum += Square(p[c] - (c == actual ? 1.0 : 0.0));
        return sum;
    }

    private static double Square(double x) => x * x;
}
