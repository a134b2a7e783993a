namespace DeepLearning;

/// <summary>
/// The area under the ROC curve: the probability that a positive has a higher score than a negative, ties counted half. 0.5 is guessing, 1 is best. Exact by
/// default: it gathers the scores, sorts them at the end of an epoch or an evaluation, and is NaN in <see cref="Logs"/> during an epoch; with <c>thresholds</c>
/// it keeps only counts, as Keras does. NaN where positives or negatives are missing (Keras: 0), and if a prediction is NaN. Keras: <c>AUC</c>, whose
/// <c>curve="PR"</c> is <see cref="AveragePrecision"/> here; scikit-learn: <c>roc_auc_score</c>; torchmetrics: <c>AUROC</c>.
/// </summary>
/// <remarks>
/// With several classes, each is ranked against all others (scikit-learn's <c>multi_class="ovr"</c>), and a missing class makes the mean NaN; with
/// <see cref="OneVsOne"/>, pairs of classes are compared. With several labels, each has its own area.
/// </remarks>
public sealed class Auc : Metric
{
    private readonly int thresholds;
    private int classes = 2;
    private bool multiLabel;

    /// <summary>The area under the ROC curve.</summary>
    /// <param name="averaging">How several classes or labels become one figure; by default one output or two classes are expected.</param>
    /// <param name="thresholds">Null for the exact area; or the number of evenly spaced thresholds, 2 or more, at which it is approximated without gathering:
    /// Keras uses 200.</param>
    /// <param name="name">The name in a history; <c>auc</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 thresholds.</exception>
    public Auc(Averaging averaging = Averaging.Binary, int? thresholds = null, string? name = null)
    {
        if (thresholds is < 2) throw new ArgumentOutOfRangeException(nameof(thresholds), thresholds, $"A curve has 2 or more thresholds, got {thresholds}.");
        (Averaging, this.thresholds, Name) = (averaging, thresholds ?? 0, name ?? "auc");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>How the areas of classes become one.</summary>
    public Averaging Averaging { get; }

    /// <summary>The number of thresholds; null if the area is exact.</summary>
    public int? Thresholds => thresholds == 0 ? null : thresholds;

    /// <summary>
    /// Whether classes are compared pair by pair, scikit-learn's <c>multi_class="ovo"</c> (Hand and Till 2001); false by default. Only for the exact area, with
    /// <see cref="Averaging.Macro"/> or <see cref="Averaging.Weighted"/>.
    /// </summary>
    public bool OneVsOne { get; init; }

    /// <summary>The number of classes or labels; 2 by default, also for one output. A model sets it; otherwise set it yourself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2.</exception>
    public int Classes { get => classes; init => classes = DeepLearning.Thresholds.RequireClasses(value); }

    /// <summary>Whether each output is an independent yes or no. In a model, inferred from its last layer and loss; otherwise set it.</summary>
    public bool MultiLabel { get => multiLabel; init => multiLabel = value; }

    /// <summary>0 if exact; else positives and negatives between adjacent thresholds, for each curve.</summary>
    public override int Size => 2 * Bins * Curves;

    private int Bins => Math.Max(0, thresholds - 1);

    private int Curves => Averaging is Averaging.Binary or Averaging.Micro ? 1 : classes;

    private ClassReading Reading => new(Name, classes, multiLabel);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Targets are not classes, a weight is negative or not finite, or with thresholds a prediction is not from 0 to 1;
    /// nothing is added.</exception>
    public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        ClassPlaces places = Reading.Read(predictions, targets);
        ReadOnlySpan<float> w = WeightsOf(weights, predictions);
        Span<double> counts = SumsOf(sums);
        if (thresholds == 0) Ranking.Gather(places, multiLabel, w, sums);
        else Count(places, w, counts);
    }

    /// <inheritdoc/>
    public override double Result(MetricSums sums)
    {
        Span<double> counts = SumsOf(sums);
        if (thresholds == 0)
            return OneVsOne ? Ranking.OneVsOne(sums, Reading, Averaging == Averaging.Weighted, Ranking.Roc) : Ranking.Of(sums, Reading, Averaging, Ranking.Roc);
        double sum = 0, weight = 0;
        for (int c = 0; c < Curves; c++)
        {
            ReadOnlySpan<double> positives = counts.Slice(2 * c * Bins, Bins), negatives = counts.Slice((2 * c + 1) * Bins, Bins);
            double weighs = 1;
            if (Averaging == Averaging.Weighted)
            {
                weighs = 0;
                foreach (double positive in positives) weighs += positive;
            }

            if (weighs == 0) continue;
            sum += weighs * Ranking.Roc(positives, negatives);
            weight += weighs;
        }

        return sum / weight;
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => Reading.Validate(targets, output);

    /// <summary>For example <c>Auc(Macro, 200 thresholds)</c>.</summary>
    public override string ToString()
    {
        string bins = thresholds == 0 ? "" : FormattableString.Invariant($", {thresholds} thresholds");
        return $"{nameof(Auc)}({Averaging}{(OneVsOne ? ", one against one" : "")}{bins})";
    }

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        ClassReading reading = ClassReading.Of(this, Averaging, loss, last, output);
        if (OneVsOne && (thresholds > 0 || reading.MultiLabel || Averaging is Averaging.Binary or Averaging.Micro))
        {
            throw new ArgumentException(
                $"{nameof(Auc)} with {nameof(OneVsOne)} compares pairs of exclusive classes exactly: leave thresholds out, average by "
                + $"{nameof(Averaging.Macro)} or {nameof(Averaging.Weighted)}, and end the model with Softmax().");
        }

        var form = (Auc)MemberwiseClone();
        (form.classes, form.multiLabel) = (reading.Classes, reading.MultiLabel);
        return form;
    }

    /// <summary>Counts positives and negatives by the number of thresholds below their score: i / (thresholds − 1), as in Keras.</summary>
    private void Count(ClassPlaces places, ReadOnlySpan<float> w, Span<double> counts)
    {
        places.RequireProbabilities(Name);
        for (int i = 0; i < places.Count; i++)
        {
            double weight = w.IsEmpty ? 1 : w[i / places.InSample];
            if (weight == 0) continue;
            int actual = multiLabel ? -1 : places.Actual(i);
            for (int c = Averaging == Averaging.Binary ? 1 : 0; c < classes; c++)
            {
                ReadOnlySpan<float> p = places[i];
                float score = p.Length > 1 ? p[c] : c == 1 ? p[0] : 1f - p[0];
                if (float.IsNaN(score))
                {
                    counts.Fill(double.NaN);
                    return;
                }

                bool positive = multiLabel ? places.Targets[i * classes + c] > 0.5f : actual == c;
                int curve = Curves == 1 ? 0 : c, bin = Math.Max(0, (int)MathF.Ceiling(score * Bins) - 1);
                counts[(2 * curve + (positive ? 0 : 1)) * Bins + bin] += weight;
            }
        }
    }
}
