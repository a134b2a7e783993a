namespace DeepLearning;

/// <summary>
/// e to the mean cross-entropy: how many equally likely classes, such as the words of a language model, the model is torn between. 1 is certain and correct,
/// the number of classes is guessing; lower is better. Targets are labels or one-hot rows. In a model it is computed from the logits whenever the loss is;
/// probabilities are clipped to at least 1e-7. Keras (KerasHub): <c>Perplexity</c>; torchmetrics: <c>Perplexity</c>.
/// </summary>
public sealed class Perplexity : MeanMetric
{
    private static readonly Loss OfLabels = new SparseCategoricalCrossEntropy(), OfShares = new CategoricalCrossEntropy();
    private static readonly Loss OfLabelLogits = new SparseCategoricalCrossEntropy(fromLogits: true);
    private static readonly Loss OfShareLogits = new CategoricalCrossEntropy(fromLogits: true);

    /// <summary>The perplexity.</summary>
    /// <param name="name">The name in a history; <c>perplexity</c> by default.</param>
    public Perplexity(string? name = null) => Name = name ?? "perplexity";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <summary>True: it is computed from logits where there are any.</summary>
    public override bool TakesLogits => true;

    /// <summary>Whether the model gives logits, as outputs or before its final softmax.</summary>
    internal bool HasLogits { get; init; }

    /// <summary>Writes the cross-entropy of each sample; <see cref="Result"/> is the exponential of their mean.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Targets are not classes of the predictions.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values) => Write(predictions, targets, values, OfLabels, OfShares);

    /// <summary>e^(Σ w·cross-entropy / Σ w).</summary>
    /// <inheritdoc/>
    public override double Result(MetricSums sums) => Math.Exp(base.Result(sums));

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => ClassReading.ValidateClasses(Name, targets, output);

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        ClassReading.OfClasses(this, loss, last, output);
        bool entropy = loss.Targets is TargetKind.OneHot or TargetKind.Labels;
        return new Perplexity(Name) { Weighted = Weighted, HasLogits = entropy && (loss.OfLogits || loss.FusedWith(last) is not null) };
    }

    internal override void PerSample(Tensor predictions, Tensor? logits, Tensor targets, Span<float> values)
    {
        if (HasLogits && logits is not null) Write(logits, targets, values, OfLabelLogits, OfShareLogits);
        else PerSample(predictions, targets, values);
    }

    private void Write(Tensor predictions, Tensor targets, Span<float> values, Loss ofLabels, Loss ofShares)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        SamplePlaces.Require(Name, predictions, values);
        _ = ClassRows.Of(predictions, values.Length, Name);
        Loss loss = targets.Shape == predictions.Shape ? ofShares : ofLabels;
        loss.PerSample(predictions, targets).AsReadOnlySpan().CopyTo(values);
    }
}
