namespace DeepLearning;

/// <summary>
/// t·d² + (1 − t)·max(margin − d, 0)², the mean over a sample's values: pulls matching pairs (t = 1) together and pushes others apart by a margin. The model's
/// output is the distance d ≥ 0 of the two samples of a pair, as from a <see cref="MergeLayer"/> over two calls of shared layers; targets have its shape, and
/// [batch] fits [batch, 1]. Hadsell, Chopra and LeCun 2006, equation 4 times 2, with their labels inverted, as in TensorFlow Addons' <c>ContrastiveLoss</c>;
/// neither Keras nor PyTorch has it.
/// </summary>
public sealed class Contrastive : Loss
{
    /// <summary>Contrastive loss with a margin.</summary>
    /// <param name="margin">The distance beyond which non-matching pairs cost nothing, > 0; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public Contrastive(double margin = 1) => Margin = margin;

    /// <summary>The distance beyond which non-matching pairs cost nothing, > 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Margin { get; init => field = Setting.Positive(value); }

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor t = LossShapes.Fit(targets, predictions);
        return LossShapes.MeanOfEach(t * predictions.Square() + (1f - t) * (Margin - predictions).Relu().Square());
    }

    /// <summary>Checks shapes, and that targets are from 0 to 1.</summary>
    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        base.Validate(targets, output);
        CrossEntropy.RequireProbabilities(targets, output, Name);
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Margin), (float)Margin);
    }

    internal override TargetKind Targets => TargetKind.Unmatched;
}
