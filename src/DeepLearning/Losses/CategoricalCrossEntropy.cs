namespace DeepLearning;

/// <summary>
/// −Σ target·log(probability) over the classes. Targets are one-hot rows, or any probabilities that sum to 1, [batch, classes]. For a model that ends with
/// Softmax, and for the output of a softmax on a tape, it is computed from the logits; other probabilities are first divided by their sum and kept 1e-7 away
/// from 0 and 1, where the loss is at most 16.1 and its slope is 0. For a single class it is always 0, and is refused. Keras: <c>CategoricalCrossentropy</c>.
/// </summary>
public sealed class CategoricalCrossEntropy : Loss
{
    /// <summary>Categorical cross-entropy with Keras's defaults.</summary>
    /// <param name="fromLogits">True if the model's outputs are logits, without a softmax; false by default.</param>
    /// <param name="labelSmoothing">ε in [0, 1): targets become t·(1−ε) + ε/classes; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CategoricalCrossEntropy(bool fromLogits = false, double labelSmoothing = 0)
        => (FromLogits, LabelSmoothing) = (fromLogits, labelSmoothing);

    /// <summary>True if the model's outputs are logits, without a softmax; false by default.</summary>
    public bool FromLogits { get; init; }

    /// <summary>ε in [0, 1): targets become t·(1−ε) + ε/classes; 0 by default.</summary>
    public double LabelSmoothing { get; init => field = Setting.Share(value); }

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        CrossEntropy.RequireRows(Name, predictions);
        Tensor t = LossShapes.Fit(targets, predictions);
        if ((float)LabelSmoothing is > 0f and var e) t = t * (1f - e) + e / predictions.Shape[-1];
        return CrossEntropy.OfClasses(this, predictions, t, FromLogits);
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireOutput(output);
        CrossEntropy.RefuseLabels(Name, targets, output, nameof(SparseCategoricalCrossEntropy));
        base.Validate(targets, output);
        CrossEntropy.RequireShares(targets, output, Name);
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
    }

    internal override TargetKind Targets => TargetKind.OneHot;

    internal override bool OfLogits => FromLogits;

    internal override void RequireOutput(Shape output) => CrossEntropy.RequireClasses(Name, output);

    internal override Loss? FusedWith(Layer last)
        => CrossEntropy.Fuses(this, last, OutputMeaning.Probabilities, FromLogits)
            ? new CategoricalCrossEntropy { FromLogits = true, IncludesActivation = true, LabelSmoothing = LabelSmoothing, Reduction = Reduction }
            : null;
}
