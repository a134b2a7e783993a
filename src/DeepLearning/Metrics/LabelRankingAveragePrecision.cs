namespace DeepLearning;

/// <summary>
/// For each label of a sample, the correct share of the labels ranked as high or higher, averaged over the sample's labels: 1 if all its labels come before
/// the others. A sample with no label, or with every one, counts as 1. Each output is an independent yes or no, and targets are 0 or 1. From 0 to 1, higher is
/// better; NaN if a prediction is. scikit-learn: <c>label_ranking_average_precision_score</c>.
/// </summary>
public sealed class LabelRankingAveragePrecision : MeanMetric
{
    /// <summary>The average precision of each sample's ranking of labels.</summary>
    /// <param name="name">The name in a history; <c>label_ranking_average_precision</c> by default.</param>
    public LabelRankingAveragePrecision(string? name = null) => Name = name ?? "label_ranking_average_precision";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>True: the largest logits are those of the largest probabilities.</summary>
    public override bool TakesLogits => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not a 0 or 1 for each output.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ClassPlaces places = ClassReading.ReadAny(Name, predictions, targets, multiLabel: true);
        SamplePlaces.Require(Name, predictions, values);
        int each = places.Predictions.Length / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length; i++) values[i] = (float)Of(places.Predictions.Slice(i * each, each), places.Targets.Slice(i * each, each));
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => ClassReading.ValidateLabels(Name, targets, output);

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
        => ClassReading.OfLabels(this, loss, last, output).MultiLabel
            ? this
            : throw new ArgumentException($"{nameof(LabelRankingAveragePrecision)} ranks labels, but {last} has one output: use {nameof(AveragePrecision)}.");

    private static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        int labels = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i])) return double.NaN;
            if (targets[i] <= 0.5f) continue;
            int ahead = 0, right = 0;
            for (int j = 0; j < scores.Length; j++)
            {
                if (scores[j] < scores[i]) continue;
                ahead++;
                if (targets[j] > 0.5f) right++;
            }

            sum += (double)right / ahead;
            labels++;
        }

        return labels == 0 ? 1 : sum / labels;
    }
}
