namespace DeepLearning;

/// <summary>
/// −t·log(p) − (1−t)·log(1−p), the mean over a sample's values. Targets are 0 or 1, or probabilities, of the predictions' shape; [batch] fits
/// [batch, 1]. For a model that ends with Sigmoid, and for the output of a sigmoid on a tape, it is computed from the logits; other probabilities are kept 1e-7
/// away from 0 and 1, where the loss is at most 16.1 and its slope is 0. Keras: <c>BinaryCrossentropy</c>.
/// </summary>
public sealed class BinaryCrossEntropy : Loss
{
    /// <summary>Binary cross-entropy with Keras's defaults.</summary>
    /// <param name="fromLogits">True if the model's outputs are logits, without a sigmoid; false by default.</param>
    /// <param name="labelSmoothing">ε in [0, 1): targets become t·(1−ε) + ε/2; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BinaryCrossEntropy(bool fromLogits = false, double labelSmoothing = 0)
        => (FromLogits, LabelSmoothing) = (fromLogits, labelSmoothing);

    /// <summary>True if the model's outputs are logits, without a sigmoid; false by default.</summary>
    public bool FromLogits { get; init; }

    /// <summary>ε in [0, 1): targets become t·(1−ε) + ε/2; 0 by default.</summary>
    public double LabelSmoothing { get; init => field = Setting.Share(value); }

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor t = LossShapes.Fit(targets, predictions);
        if ((float)LabelSmoothing is > 0f and var e) t = t * (1f - e) + e / 2f;
        if (CrossEntropy.LogitsOfSigmoid(this, predictions, FromLogits) is { } x) return LossShapes.MeanOfEach(SigmoidCrossEntropy.Apply(x, t));
        return LossShapes.MeanOfEach(ProbabilityCrossEntropy.Apply(CrossEntropy.Clipped(this, predictions, t), t));
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        base.Validate(targets, output);
        CrossEntropy.RequireProbabilities(targets, output, Name);
    }

    private protected override void RequirePredictions(Tensor predictions)
    {
        if (!FromLogits) CrossEntropy.RequireChances(this, predictions, most: 1f, nameof(Sigmoid));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(FromLogits), FromLogits);
        settings.Set(nameof(LabelSmoothing), (float)LabelSmoothing);
    }

    internal override TargetKind Targets => TargetKind.Binary;

    internal override bool OfLogits => FromLogits;

    internal override Loss? FusedWith(Layer last)
        => CrossEntropy.Fuses(this, last, OutputMeaning.IndependentProbabilities, FromLogits)
            ? new BinaryCrossEntropy { FromLogits = true, IncludesActivation = true, LabelSmoothing = LabelSmoothing, Reduction = Reduction }
            : null;
}
