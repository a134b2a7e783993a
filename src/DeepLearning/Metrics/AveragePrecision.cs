namespace DeepLearning;

/// <summary>
/// Σ (Rᵢ − Rᵢ₋₁)·Pᵢ of recall R and precision P at each score, from the highest: the area under the precision–recall curve, without interpolation. Guessing
/// gives the share of positives, 1 is best. It gathers the scores, sorts them at the end of an epoch or an evaluation, and is NaN in <see cref="Logs"/> during
/// an epoch. NaN without positives (scikit-learn: 0), and if a prediction is NaN. scikit-learn: <c>average_precision_score</c>; Keras: <c>AUC(curve="PR")</c>,
/// which interpolates between 200 thresholds.
/// </summary>
public sealed class AveragePrecision : Metric
{
    private int classes = 2;
    private bool multiLabel;

    /// <summary>The average precision.</summary>
    /// <param name="averaging">How several classes or labels become one figure; by default one output or two classes are expected.</param>
    /// <param name="name">The name in a history; <c>average_precision</c> by default.</param>
    public AveragePrecision(Averaging averaging = Averaging.Binary, string? name = null) => (Averaging, Name) = (averaging, name ?? "average_precision");

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>How the figures of classes become one.</summary>
    public Averaging Averaging { get; }

    /// <summary>The number of classes or labels; 2 by default, also for one output. A model sets it; otherwise set it yourself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public int Classes { get => classes; init => classes = Thresholds.RequireClasses(value); }

    /// <summary>Whether each output is an independent yes or no. In a model, inferred from its last layer and loss; otherwise set it.</summary>
    public bool MultiLabel { get => multiLabel; init => multiLabel = value; }

    /// <summary>0: it gathers rows.</summary>
    public override int Size => 0;

    private ClassReading Reading => new(Name, classes, multiLabel);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Targets are not classes, or a weight is negative or not finite; nothing is added.</exception>
    public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        ClassPlaces places = Reading.Read(predictions, targets);
        ReadOnlySpan<float> w = WeightsOf(weights, predictions);
        _ = SumsOf(sums);
        Ranking.Gather(places, multiLabel, w, sums);
    }

    /// <inheritdoc/>
    public override double Result(MetricSums sums)
    {
        _ = SumsOf(sums);
        return Ranking.Of(sums, Reading, Averaging, Ranking.AveragePrecision);
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => Reading.Validate(targets, output);

    /// <summary>For example <c>AveragePrecision(Macro)</c>.</summary>
    public override string ToString() => $"{nameof(AveragePrecision)}({Averaging})";

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        ClassReading reading = ClassReading.Of(this, Averaging, loss, last, output);
        var form = (AveragePrecision)MemberwiseClone();
        (form.classes, form.multiLabel) = (reading.Classes, reading.MultiLabel);
        return form;
    }
}
