namespace DeepLearning;

/// <summary>
/// The fraction of outputs on the right side of a threshold, averaged over each sample's outputs; a target above 0.5 is class 1. NaN is on neither side. In a
/// model whose loss takes logits, predictions are read as logits: a threshold of 0.5 is the logit 0. Keras: <c>BinaryAccuracy</c>, which does not support
/// logits.
/// </summary>
public sealed class BinaryAccuracy : MeanMetric
{
    private readonly float threshold;

    /// <summary>A binary accuracy with a threshold.</summary>
    /// <param name="threshold">The probability above which the prediction is class 1, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>binary_accuracy</c> by default. Two thresholds in one model need two names.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public BinaryAccuracy(double threshold = 0.5, string? name = null)
    {
        Name = name ?? "binary_accuracy";
        if ((float)threshold is not (> 0f and < 1f))
        {
            throw new ArgumentOutOfRangeException(
                nameof(threshold), threshold, FormattableString.Invariant(
                    $"The threshold is a probability between 0 and 1, got {threshold}; for logits set {nameof(FromLogits)}, and 0.5 is the logit 0."));
        }

        this.threshold = (float)threshold;
    }

    /// <summary>True if predictions are logits, without a sigmoid; false by default. <c>Compile</c> sets it automatically from a binary
    /// cross-entropy.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary><see cref="FromLogits"/>.</summary>
    public override bool TakesLogits => FromLogits;

    /// <summary>Whether targets between 0 and 1 are refused: a caller that did not choose this form may not know that it rounds them.</summary>
    internal bool TakesClassesOnly { get; init; }

    /// <summary>Whether −1 may stand for class 0, as under a hinge loss.</summary>
    internal bool TakesSigns { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The number of targets is not the number of outputs.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        SamplePlaces.Require(Name, predictions, values);
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = targets.AsReadOnlySpan();
        if (t.Length != p.Length)
            throw new ShapeMismatchException($"{Name} expects one target per output of predictions {predictions.Shape}, got {targets.Shape}.", nameof(targets));
        float least = FromLogits ? (float)Math.Log(threshold / (1.0 - threshold)) : threshold;
        int outputs = p.Length / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            int right = 0;
            for (int j = i * outputs; j < (i + 1) * outputs; j++)
                if (t[j] > 0.5f ? p[j] > least : p[j] <= least) right++;
            values[i] = right / (float)outputs;
        }
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Require(targets, output.Size);
    }

    /// <summary>For example <c>BinaryAccuracy(0.5) of logits</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(BinaryAccuracy)}({threshold}){(FromLogits ? " of logits" : "")}");

    internal void Require(Tensor targets, int outputs)
    {
        ReadOnlySpan<float> t = targets.AsReadOnlySpan();
        int wrong = TakesClassesOnly ? t.IndexOfAnyExcept(0f, 1f) : t.IndexOfAnyExceptInRange(0f, 1f);
        if (wrong < 0 || TakesSigns && t.IndexOfAnyExcept(-1f, 1f) < 0) return;
        string advice = TakesClassesOnly && t[wrong] is > 0f and < 1f ? $"; name {nameof(BinaryAccuracy)} if a probability above 0.5 should count as 1" : "";
        throw new ArgumentException(
            FormattableString.Invariant($"An accuracy compares classes, 0 and 1, but the target of row {wrong / Math.Max(1, outputs)} is {t[wrong]}: ")
            + $"for quantities use {nameof(MeanAbsoluteError)}, for labels of more classes {nameof(SparseCategoricalAccuracy)}{advice}.", nameof(targets));
    }

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        if (FromLogits && !last.OutputMeaning.CanBeLogits())
            throw new ArgumentException($"{nameof(BinaryAccuracy)} with FromLogits expects logits, but the model ends with {last}: remove one of the two.");
        if (loss.Targets == TargetKind.Labels)
        {
            throw new ArgumentException(
                $"{nameof(BinaryAccuracy)} compares a target with each output, but {loss.Name} has a label for each row of outputs: use {nameof(Accuracy)}.");
        }

        if (loss.Targets == TargetKind.Unmatched)
        {
            throw new ArgumentException(
                $"{nameof(BinaryAccuracy)} compares each output with its class, but the targets of {loss.Name} do not stand beside the outputs: leave it out.");
        }

        if (loss.Targets == TargetKind.Signs)
            return new BinaryAccuracy(threshold, Name) { FromLogits = true, TakesSigns = true, TakesClassesOnly = TakesClassesOnly, Weighted = Weighted };
        if (FromLogits || !loss.OfLogits) return this;
        return loss.Targets == TargetKind.Binary
            ? new BinaryAccuracy(threshold, Name) { FromLogits = true, TakesClassesOnly = TakesClassesOnly, Weighted = Weighted }
            : throw new ArgumentException(
                $"{nameof(BinaryAccuracy)} compares probabilities, but under {loss.Name} the outputs are logits of a softmax: use {nameof(Accuracy)}.");
    }
}
