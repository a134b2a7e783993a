namespace DeepLearning;

/// <summary>
/// A figure computed from counts: for each class the samples found, wrongly assigned to it, and missed (<see cref="ClassCounts"/>). Classes are read from
/// probabilities, also under a loss that takes logits: the most likely of several classes; for one output, two classes and independent labels, by a threshold.
/// Targets are labels, one-hot rows, or a 0 or 1 for each output. If a prediction is NaN, so is the figure.
/// </summary>
/// <example>
/// <code>
/// public sealed class Youden() : CountMetric("youden", Averaging.Binary)
/// {
///     protected override double Of(ClassCounts counts) => counts[1].Recall + counts[1].Specificity - 1;
/// }
/// </code>
/// </example>
public abstract class CountMetric : Metric
{
    private readonly Averaging? averaging;
    private readonly float threshold;
    private int classes = 2;
    private bool multiLabel;

    /// <summary>A figure computed from counts.</summary>
    /// <param name="name">The name in a history.</param>
    /// <param name="averaging">How it becomes one figure for several classes; null if it judges all exclusive classes together and rejects independent
    /// labels.</param>
    /// <param name="threshold">The probability above which one output, the second of two classes, or a label is predicted, in (0, 1); 0.5 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    protected CountMetric(string name, Averaging? averaging, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(name);
        (Name, this.averaging, this.threshold) = (name, averaging, Thresholds.Require(threshold));
    }

    /// <inheritdoc/>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>The probability above which one output, the second of two classes, or a label is predicted.</summary>
    public double Threshold => threshold;

    /// <summary>The number of classes or labels; 2 by default, also for one output. A model sets it; otherwise set it yourself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public int Classes { get => classes; init => classes = Thresholds.RequireClasses(value); }

    /// <summary>Whether each output is an independent yes or no, so that a sample may have several labels. In a model, inferred from its
    /// last layer and loss; otherwise set it.</summary>
    public bool MultiLabel { get => multiLabel; init => multiLabel = value; }

    /// <summary>3·classes + 1.</summary>
    public sealed override int Size => 3 * classes + 1;

    private ClassReading Reading => new(Name, classes, multiLabel);

    /// <summary>The figure.</summary>
    /// <param name="counts">What was counted.</param>
    protected abstract double Of(ClassCounts counts);

    /// <summary>Averages a figure over the classes as the metric does; by their plain mean if it defines none.</summary>
    /// <param name="counts">What was counted.</param>
    /// <param name="figure">Computes it for one class; <c>static c => c.Precision</c>.</param>
    protected double Average(ClassCounts counts, Func<BinaryCounts, double> figure) => counts.Average(averaging ?? Averaging.Macro, figure);

    /// <summary>Counts a batch.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The targets are not classes, the shapes do not fit, or a weight is negative or not finite; nothing is
    /// added.</exception>
    public sealed override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        ClassPlaces places = Reading.Read(predictions, targets);
        ReadOnlySpan<float> w = WeightsOf(weights, predictions);
        Span<double> counts = SumsOf(sums);
        for (int i = 0; i < places.Count; i++)
        {
            double weight = w.IsEmpty ? 1 : w[i / places.InSample];
            // Values that do not count may be NaN.
            if (weight == 0) continue;
            counts[^1] += weight;
            if (!Add(counts, places, i, weight))
            {
                counts.Fill(double.NaN);
                return;
            }
        }
    }

    /// <summary>The figure of the counts; 0 where a ratio has no denominator, unless the metric defines otherwise.</summary>
    /// <inheritdoc/>
    public sealed override double Result(MetricSums sums)
    {
        _ = SumsOf(sums);
        return Of(new ClassCounts(sums, classes, multiLabel));
    }

    /// <inheritdoc/>
    public sealed override void Validate(Tensor targets, Shape output) => Reading.Validate(targets, output);

    /// <summary>For example <c>Precision(Macro, threshold 0.5)</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{GetType().Name}({(averaging is null ? "" : $"{averaging}, ")}threshold {threshold})");

    internal sealed override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        ClassReading reading = ClassReading.Of(this, averaging, loss, last, output);
        var form = (CountMetric)MemberwiseClone();
        (form.classes, form.multiLabel) = (reading.Classes, reading.MultiLabel);
        return form;
    }

    /// <summary>Counts a place of one class.</summary>
    internal static void AddClass(Span<double> counts, int predicted, int actual, double weight)
    {
        int classes = counts.Length / 3;
        if (predicted == actual) counts[actual] += weight;
        else
        {
            counts[classes + predicted] += weight;
            counts[2 * classes + actual] += weight;
        }
    }

    /// <summary>Counts one label.</summary>
    internal static void AddLabel(Span<double> counts, int label, bool predicted, bool actual, double weight)
    {
        if (!predicted && !actual) return;
        int kind = !predicted ? 2 : actual ? 0 : 1;
        counts[kind * (counts.Length / 3) + label] += weight;
    }

    /// <summary>Adds a place; false if a prediction is NaN.</summary>
    private bool Add(Span<double> counts, ClassPlaces places, int place, double weight)
    {
        if (!multiLabel)
        {
            int predicted = places.Predicted(place, threshold);
            if (predicted < 0) return false;
            AddClass(counts, predicted, places.Actual(place), weight);
            return true;
        }

        ReadOnlySpan<float> p = places[place], t = places.LabelsOf(place);
        for (int c = 0; c < p.Length; c++)
        {
            if (float.IsNaN(p[c])) return false;
            AddLabel(counts, c, p[c] > threshold, t[c] > 0.5f, weight);
        }

        return true;
    }
}
