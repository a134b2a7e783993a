namespace DeepLearning;

/// <summary>
/// (1 − p)^γ times binary cross-entropy, p the probability given to the true class: samples that are right already count little. Lin et al. 2017,
/// equation 4. In a model that ends with Sigmoid, and of what a sigmoid made on a tape, it is computed from the logits; other probabilities are kept 1e-7
/// from 0 and 1. Keras: <c>BinaryFocalCrossentropy</c>.
/// </summary>
public sealed class BinaryFocalCrossEntropy : Loss
{
    /// <summary>True if the model's output are logits, without a sigmoid; false by default.</summary>
    public bool FromLogits { get; init; }

    /// <summary>ε in [0, 1): targets become t·(1−ε) + ε/2; 0 by default.</summary>
    public float LabelSmoothing { get; init => field = CrossEntropy.RequireSmoothing(value); }

    /// <summary>The exponent γ, ≥ 0; 2 by default, and 0 is plain binary cross-entropy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or NaN.</exception>
    public float Gamma
    {
        get;
        init => field = value >= 0f && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Gamma), value, $"Gamma is finite and ≥ 0, got {value}.");
    } = 2f;

    /// <summary>Whether class 1 is weighted by <see cref="Alpha"/> and class 0 by 1 − α; false by default.</summary>
    public bool ApplyClassBalancing { get; init; }

    /// <summary>The weight α of class 1 under <see cref="ApplyClassBalancing"/>, in [0, 1]; 0.25 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1].</exception>
    public float Alpha
    {
        get;
        init => field = value is >= 0f and <= 1f ? value : throw new ArgumentOutOfRangeException(nameof(Alpha), value, $"Alpha is in [0, 1], got {value}.");
    } = 0.25f;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor t = Fit(targets, predictions);
        if (LabelSmoothing > 0f) t = t * (1f - LabelSmoothing) + LabelSmoothing / 2f;
        if (CrossEntropy.LogitsOfSigmoid(this, predictions, FromLogits) is { } x)
            return MeanOfEach(FocalCrossEntropy.Apply(x, t, Gamma, ApplyClassBalancing ? Alpha : null));
        Tensor p = CrossEntropy.Clipped(this, predictions, t), loss = ProbabilityCrossEntropy.Apply(p, t);
        if (Gamma > 0f) loss *= (t * (1f - p) + (1f - t) * p).Pow(Gamma);
        if (ApplyClassBalancing) loss *= t * (2f * Alpha - 1f) + (1f - Alpha);
        return MeanOfEach(loss);
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
    protected override void DescribeSettings(StateWriter settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Write(nameof(FromLogits), FromLogits);
        settings.Write(nameof(LabelSmoothing), LabelSmoothing);
        settings.Write(nameof(Gamma), Gamma);
        settings.Write(nameof(ApplyClassBalancing), ApplyClassBalancing);
        settings.Write(nameof(Alpha), Alpha);
    }

    internal override TargetKind Targets => TargetKind.Binary;

    internal override bool OfLogits => FromLogits;

    internal override Loss? FusedWith(Layer last)
        => CrossEntropy.Fuses<Sigmoid>(this, last, FromLogits)
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
