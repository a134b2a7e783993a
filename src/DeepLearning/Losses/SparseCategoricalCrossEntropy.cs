namespace DeepLearning;

/// <summary>
/// −log(probability of the labelled class). Targets are labels 0 … classes − 1, [batch] or [batch, 1]. For a model that ends with Softmax, and for the output
/// of a softmax on a tape, it is computed from the logits; other probabilities are first divided by their sum and kept 1e-7 away from 0 and 1, where the loss
/// is at most 16.1 and its slope is 0. For a single class it is always 0, and is refused. Keras: <c>SparseCategoricalCrossentropy</c>; PyTorch:
/// <c>CrossEntropyLoss</c>, which always takes logits.
/// </summary>
public sealed class SparseCategoricalCrossEntropy : Loss
{
    /// <summary>Sparse categorical cross-entropy with Keras's defaults.</summary>
    /// <param name="fromLogits">True if the model's outputs are logits, without a softmax; false by default.</param>
    /// <param name="labelSmoothing">ε in [0, 1): the labelled class counts 1−ε + ε/classes, every other ε/classes; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public SparseCategoricalCrossEntropy(bool fromLogits = false, double labelSmoothing = 0)
        => (FromLogits, LabelSmoothing) = (fromLogits, labelSmoothing);

    /// <summary>True if the model's outputs are logits, without a softmax; false by default.</summary>
    public bool FromLogits { get; init; }

    /// <summary>
    /// ε in [0, 1): the labelled class counts 1−ε + ε/classes, every other ε/classes; 0 by default. PyTorch: <c>label_smoothing</c>; Keras has it for one-hot
    /// targets alone.
    /// </summary>
    public double LabelSmoothing { get; init => field = Setting.Share(value); }

    /// <summary>
    /// A label that stands for none, such as −1 or 255 for padding: it has no loss and no slope, and the mean of a batch is over the other labels, as in Keras
    /// (<c>ignore_class</c>) and PyTorch (<c>ignore_index</c>, −100 by default there). None by default. The accuracy of the same model leaves such labels out
    /// too.
    /// </summary>
    public int? IgnoreClass { get; init; }

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        CrossEntropy.RequireRows(Name, predictions);
        return CrossEntropy.OfClasses(this, predictions, CrossEntropy.OneHot(targets, predictions, (float)LabelSmoothing, IgnoreClass), FromLogits);
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireOutput(output);
        int labels = output.Size / Math.Max(1, output[-1]);
        if (targets.Rank == 0 || targets.Count != (long)targets.Shape[0] * labels)
            throw new ShapeMismatchException(
                $"{Name} expects {labels} label per sample for an output of shape {output.WithBatch()}, got targets of shape {targets.Shape}; "
                + "one-hot rows go with CategoricalCrossEntropy.",
                nameof(targets));
        CrossEntropy.RequireLabels(targets, output[-1], Name, IgnoreClass);
    }

    private protected override void RequirePredictions(Tensor predictions)
    {
        if (!FromLogits) CrossEntropy.RequireChances(this, predictions, most: float.MaxValue, nameof(Softmax));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(FromLogits), FromLogits);
        settings.Set(nameof(LabelSmoothing), (float)LabelSmoothing);
        settings.Set(nameof(IgnoreClass), IgnoreClass is { } ignored ? FormattableString.Invariant($"{ignored}") : "none");
    }

    internal override TargetKind Targets => TargetKind.Labels;

    internal override bool OfLogits => FromLogits;

    internal override void RequireOutput(Shape output) => CrossEntropy.RequireClasses(Name, output);

    internal override Loss? FusedWith(Layer last)
        => CrossEntropy.Fuses(this, last, OutputMeaning.Probabilities, FromLogits)
            ? new SparseCategoricalCrossEntropy
            {
                FromLogits = true,
                IncludesActivation = true,
                LabelSmoothing = LabelSmoothing,
                IgnoreClass = IgnoreClass,
                Reduction = Reduction,
            }
            : null;

    internal override Tensor? Counted(Tensor predictions, Tensor targets)
        => IgnoreClass is { } ignored ? CrossEntropy.SharesCounted(targets, predictions, ignored) : null;
}
