namespace DeepLearning;

/// <summary>
/// −Σ α·(1 − p)^γ·target·log p over the classes: categorical cross-entropy in which samples already classified well count little. Lin et al. 2017, equation 5.
/// Targets are one-hot rows, or any probabilities that sum to 1, [batch, classes]. For a model that ends with Softmax, and for the output of a softmax on a
/// tape, it is computed from the logits; other probabilities are first divided by their sum and clipped to [1e-7, 1 − 1e-7]. Keras:
/// <c>CategoricalFocalCrossentropy</c>.
/// </summary>
public sealed class CategoricalFocalCrossEntropy : Loss
{
    /// <summary>Focal loss with Keras's defaults.</summary>
    /// <param name="fromLogits">True if the model's outputs are logits, without a softmax; false by default.</param>
    /// <param name="labelSmoothing">ε in [0, 1): targets become t·(1−ε) + ε/classes; 0 by default.</param>
    /// <param name="gamma">The exponent γ, ≥ 0; 2 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CategoricalFocalCrossEntropy(bool fromLogits = false, double labelSmoothing = 0, double gamma = 2)
        => (FromLogits, LabelSmoothing, Gamma) = (fromLogits, labelSmoothing, gamma);

    /// <summary>True if the model's outputs are logits, without a softmax; false by default.</summary>
    public bool FromLogits { get; init; }

    /// <summary>ε in [0, 1): targets become t·(1−ε) + ε/classes; 0 by default.</summary>
    public double LabelSmoothing { get; init => field = Setting.Share(value); }

    /// <summary>The exponent γ, ≥ 0, 2 by default; 0 gives α times categorical cross-entropy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or NaN.</exception>
    public double Gamma { get; init => field = Setting.NotNegative(value); }

    /// <summary>The factor α > 0 of all classes; 0.25 by default. For one per class, use <c>FitOptions.ClassWeights</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Alpha { get; init => field = Setting.Positive(value); } = 0.25;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        CrossEntropy.RequireRows(Name, predictions);
        Tensor t = LossShapes.Fit(targets, predictions);
        if ((float)LabelSmoothing is > 0f and var e) t = t * (1f - e) + e / predictions.Shape[-1];
        Tensor logs = CrossEntropy.LogitsOfSoftmax(this, predictions, FromLogits) is { } x
            ? x.LogSoftmax()
            : CrossEntropy.Clipped(this, CrossEntropy.Normalized(predictions), t).Log();
        return LossShapes.MeanOfEach(CategoricalFocal.Apply(logs, t, (float)Gamma, (float)Alpha).Sum(-1));
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireOutput(output);
        CrossEntropy.RefuseLabels(Name, targets, output);
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
        settings.Set(nameof(Gamma), (float)Gamma);
        settings.Set(nameof(Alpha), (float)Alpha);
    }

    internal override TargetKind Targets => TargetKind.OneHot;

    internal override bool OfLogits => FromLogits;

    internal override void RequireOutput(Shape output) => CrossEntropy.RequireClasses(Name, output);

    internal override Loss? FusedWith(Layer last)
        => CrossEntropy.Fuses(this, last, OutputMeaning.Probabilities, FromLogits)
            ? new CategoricalFocalCrossEntropy
            {
                FromLogits = true,
                IncludesActivation = true,
                LabelSmoothing = LabelSmoothing,
                Gamma = Gamma,
                Alpha = Alpha,
                Reduction = Reduction,
            }
            : null;
}
