namespace DeepLearning;

/// <summary>
/// The fraction of samples whose largest prediction is at the labelled class; targets are labels, [batch] or [batch, 1]. On ties the first counts, and a row
/// with NaN is never right.
/// </summary>
public sealed class SparseCategoricalAccuracy : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "sparse_categorical_accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>A label that the loss ignores, and this metric with it.</summary>
    internal int? IgnoreClass { get; init; }

    /// <summary>True: the largest logit is that of the largest probability.</summary>
    public override bool TakesLogits => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">There is not one label per row of two or more predictions.</exception>
    /// <exception cref="ArgumentException">A label is not a whole number from 0 to classes − 1.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        SamplePlaces.Require(Name, predictions, values);
        if (predictions.Rank < 2)
            throw new ShapeMismatchException($"{Name} expects predictions [batch, classes], got {predictions.Shape}.", nameof(predictions));
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = targets.AsReadOnlySpan();
        (int classes, int places) = ClassRows.Of(predictions, values.Length, Name);
        if (t.Length != places * values.Length)
            throw new ShapeMismatchException($"{Name} expects one label for each row of predictions {predictions.Shape}, got {targets.Shape}.", nameof(targets));
        CrossEntropy.RequireLabels(targets, classes, Name, IgnoreClass);
        for (int i = 0; i < values.Length; i++)
        {
            int right = 0;
            for (int j = i * places; j < (i + 1) * places; j++)
                if (ClassRows.Chosen(p.Slice(j * classes, classes)) == (int)t[j] && t[j] != IgnoreClass) right++;
            values[i] = right / (float)places;
        }
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ClassRows.Require(output, Name);
        CrossEntropy.RequireLabels(targets, output[-1], Name, IgnoreClass);
    }

    internal override Tensor? Counted(Tensor predictions, Tensor targets)
        => IgnoreClass is { } ignored ? CrossEntropy.SharesCounted(targets, predictions, ignored) : null;

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
        => loss is SparseCategoricalCrossEntropy { IgnoreClass: { } ignored }
            ? new SparseCategoricalAccuracy { IgnoreClass = ignored, Weighted = Weighted }
            : this;
}
