namespace DeepLearning;

/// <summary>
/// (1 − p)^γ times binary cross-entropy, p the probability given to the true class: samples that are already right count little. Lin et al. 2017,
/// equation 4. For a model that ends with Sigmoid, and for the output of a sigmoid on a tape, it is computed from the logits; other probabilities are kept 1e-7
/// away from 0 and 1. Keras: <c>BinaryFocalCrossentropy</c>.
/// </summary>
public sealed class BinaryFocalCrossEntropy : Loss
{
    /// <summary>Focal loss with Keras's defaults.</summary>
    /// <param name="fromLogits">True if the model's outputs are logits, without a sigmoid; false by default.</param>
    /// <param name="labelSmoothing">ε in [0, 1): targets become t·(1−ε) + ε/2; 0 by default.</param>
    /// <param name="gamma">The exponent γ, ≥ 0; 2 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BinaryFocalCrossEntropy(bool fromLogits = false, double labelSmoothing = 0, double gamma = 2)
        => (FromLogits, LabelSmoothing, Gamma) = (fromLogits, labelSmoothing, gamma);

    /// <summary>True if the model's outputs are logits, without a sigmoid; false by default.</summary>
    public bool FromLogits { get; init; }

    /// <summary>ε in [0, 1): targets become t·(1−ε) + ε/2; 0 by default.</summary>
    public double LabelSmoothing { get; init => field = Setting.Share(value); }

    /// <summary>The exponent γ, ≥ 0; 2 by default, and 0 is plain binary cross-entropy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or NaN.</exception>
    public double Gamma { get; init => field = Setting.NotNegative(value); }

    /// <summary>Whether class 1 is weighted by <see cref="Alpha"/> and class 0 by 1 − α; false by default.</summary>
    public bool ApplyClassBalancing { get; init; }

    /// <summary>The weight α of class 1 under <see cref="ApplyClassBalancing"/>, in [0, 1]; 0.25 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1].</exception>
    public double Alpha { get; init => field = Setting.Weight(value); } = 0.25;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor t = LossShapes.Fit(targets, predictions);
        (float gamma, float alpha) = ((float)Gamma, (float)Alpha);
        if ((float)LabelSmoothing is > 0f and var e) t = t * (1f - e) + e / 2f;
        if (CrossEntropy.LogitsOfSigmoid(this, predictions, FromLogits) is { } x)
            return LossShapes.MeanOfEach(FocalCrossEntropy.Apply(x, t, gamma, ApplyClassBalancing ? alpha : null));
        Tensor p = CrossEntropy.Clipped(this, predictions, t), loss = ProbabilityCrossEntropy.Apply(p, t);
        if (gamma > 0f) loss *= (t * (1f - p) + (1f - t) * p).Pow(gamma);
        if (ApplyClassBalancing) loss *= t * (2f * alpha - 1f) + (1f - alpha);
        return LossShapes.MeanOfEach(loss);
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
        settings.Set(nameof(Gamma), (float)Gamma);
        settings.Set(nameof(ApplyClassBalancing), ApplyClassBalancing);
        settings.Set(nameof(Alpha), (float)Alpha);
    }

    internal override TargetKind Targets => TargetKind.Binary;

    internal override bool OfLogits => FromLogits;

    internal override Loss? FusedWith(Layer last)
        => CrossEntropy.Fuses(this, last, OutputMeaning.IndependentProbabilities, FromLogits)
            ? new BinaryFocalCrossEntropy
            {
                FromLogits = true,
                IncludesActivation = true,
                LabelSmoothing = LabelSmoothing,
                Gamma = Gamma,
                ApplyClassBalancing = ApplyClassBalancing,
                Alpha = Alpha,
                Reduction = Reduction,
            }
            : null;
}
