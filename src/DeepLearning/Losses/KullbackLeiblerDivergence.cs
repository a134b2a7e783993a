namespace DeepLearning;

/// <summary>
/// Σ target·log(target / probability) over the classes: how far a predicted distribution is from the target one, 0 where they agree. Targets are probabilities
/// that sum to 1, [batch, classes]; those of 0 contribute nothing. For a model that ends with Softmax, and for the output of a softmax on a tape, it is
/// computed from the logits; other probabilities are clipped to [1e-7, 1 − 1e-7]. Its gradient is that of <see cref="CategoricalCrossEntropy"/>; only the value
/// differs, by the targets' entropy. Keras: <c>KLDivergence</c>, which also clips targets to at least 1e-7; PyTorch's <c>KLDivLoss</c> takes logarithms of
/// probabilities, and its <c>batchmean</c> is this mean.
/// </summary>
public sealed class KullbackLeiblerDivergence : Loss
{
    /// <summary>The divergence with Keras's defaults.</summary>
    /// <param name="fromLogits">True if the model's outputs are logits, or logarithms of probabilities, without a softmax; false by default.</param>
    public KullbackLeiblerDivergence(bool fromLogits = false) => FromLogits = fromLogits;

    /// <summary>True if the model's outputs are logits, or logarithms of probabilities, without a softmax; false by default.</summary>
    public bool FromLogits { get; init; }

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        CrossEntropy.RequireRows(Name, predictions);
        Tensor t = LossShapes.Fit(targets, predictions);
        Tensor logs = CrossEntropy.LogitsOfSoftmax(this, predictions, FromLogits) is { } x ? x.LogSoftmax() : CrossEntropy.Clipped(this, predictions, t).Log();
        return LossShapes.MeanOfEach(Divergence.Apply(logs, t).Sum(-1));
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
        if (!FromLogits) CrossEntropy.RequireChances(this, predictions, most: 1f, nameof(Softmax));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(FromLogits), FromLogits);
    }

    internal override TargetKind Targets => TargetKind.OneHot;

    internal override bool OfLogits => FromLogits;

    internal override void RequireOutput(Shape output) => CrossEntropy.RequireClasses(Name, output);

    internal override Loss? FusedWith(Layer last)
        => CrossEntropy.Fuses(this, last, OutputMeaning.Probabilities, FromLogits)
            ? new KullbackLeiblerDivergence { FromLogits = true, IncludesActivation = true, Reduction = Reduction }
            : null;
}
