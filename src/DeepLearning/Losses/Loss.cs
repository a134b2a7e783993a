using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// How far predictions are from targets: one value per sample, and their mean. A custom loss overrides <see cref="PerSample"/> with tensor operations; its
/// gradient follows automatically. If there is no gradient, as after <c>Greater</c> or <c>ToArray</c>, training throws.
/// </summary>
public abstract class Loss
{
    private const float SmallestWeight = 1e-37f;

    /// <summary>Kept, since each step asks for it, and the runtime forgets the names of classes at a garbage collection.</summary>
    private string? className;

    /// <summary>The name in a history; the class's name unless overridden.</summary>
    public virtual string Name => className ??= GetType().Name;

    /// <summary><see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>How weighted values become one number; Keras's sum over the batch size by default.</summary>
    public LossReduction Reduction { get; init; } = LossReduction.SumOverBatchSize;

    /// <summary>
    /// Whether it measures the distance between quantities. Such a loss refuses class labels as targets, except 0 and 1, and <c>Accuracy</c> with it needs a
    /// model that ends with probabilities. False by default; a custom loss of this kind overrides it.
    /// </summary>
    protected internal virtual bool IsRegression => false;

    /// <summary>The kind of targets, if the loss knows it.</summary>
    internal virtual TargetKind Targets => IsRegression ? TargetKind.Quantities : TargetKind.Any;

    /// <summary>Whether it takes logits, without the activation that belongs to it.</summary>
    internal virtual bool OfLogits => false;

    /// <summary>One value per sample.</summary>
    /// <param name="predictions">[batch, …output].</param>
    /// <param name="targets">[batch, …], as the loss expects. If they differ from the predictions only by dimensions of 1, such as [batch] and [batch, 1],
    /// training,
    /// evaluation and <see cref="Compute"/> have already reshaped them to the predictions' shape.</param>
    /// <returns>[batch].</returns>
    public abstract Tensor PerSample(Tensor predictions, Tensor targets);

    /// <summary>
    /// Checks targets before anything is trained on them. By default: they must have the predictions' shape, except for dimensions of 1, as [batch] for [batch,
    /// 1].
    /// </summary>
    /// <param name="targets">[samples, …].</param>
    /// <param name="output">The shape of one prediction, without the batch.</param>
    /// <exception cref="ArgumentException">The targets cannot be used; the message says which, where and why.</exception>
    public virtual void Validate(Tensor targets, Shape output)
        => LossShapes.Require(Name, targets, output);

    /// <summary>The mean over the samples, weighted if weights are given; a tensor of shape [].</summary>
    /// <param name="predictions">[batch, …output].</param>
    /// <param name="targets">[batch, …], as the loss expects.</param>
    /// <param name="sampleWeights">[batch], or null.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a weight is negative or not finite.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? sampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Rank == 0 || targets.Rank == 0 || predictions.Shape[0] != targets.Shape[0])
            throw new ShapeMismatchException($"{Name} got predictions {predictions.Shape} and targets {targets.Shape}: different numbers of samples.", nameof(targets));
        RequirePredictions(predictions);
        Tensor aligned = LossShapes.Align(targets, predictions), values = PerSample(predictions, aligned);
        if (values.Rank != 1 || values.Count != predictions.Shape.Dimensions[0])
            throw new ShapeMismatchException(
                $"{Name} must return one value per sample, [{predictions.Shape[0]}], but {nameof(PerSample)} returned shape {values.Shape}.");
        Tensor? counted = Counted(predictions, aligned);
        if (sampleWeights is null) return counted is null ? values.Mean() : Ratio(values, counted);
        if (sampleWeights.Shape != values.Shape)
            throw new ShapeMismatchException($"Expected one weight per sample, {values.Shape}, got {sampleWeights.Shape}.", nameof(sampleWeights));
        RequireWeights(sampleWeights);
        if (Reduction == LossReduction.SumOverBatchSize) return counted is null ? (values * sampleWeights).Mean() : Ratio(values * sampleWeights, counted);
        Tensor weights = WithinRange(sampleWeights);
        return Ratio(values * weights, counted is null ? weights : counted * weights);
    }

    /// <summary>
    /// Writes the settings of the loss under their names: a run resumes from a checkpoint only with the same ones. Override it in a custom loss that has
    /// settings.
    /// </summary>
    /// <param name="settings">Stores them.</param>
    protected virtual void DescribeSettings(Settings settings) { }

    /// <summary>Everything that must be the same for a run to resume.</summary>
    internal Settings Describe()
    {
        Settings settings = new Settings().Set(nameof(Reduction), Reduction.ToString());
        DescribeSettings(settings);
        return settings;
    }

    /// <summary>Whether the loss includes a model's last activation.</summary>
    internal bool IncludesActivation { get; init; }

    /// <summary>Checks the shape of a model's output, without the batch, when the model is compiled.</summary>
    /// <exception cref="ArgumentException">Nothing can be learned from it.</exception>
    internal virtual void RequireOutput(Shape output) { }

    /// <summary>The loss to use on the input of the last layer, if the two are fused; otherwise null.</summary>
    /// <exception cref="ArgumentException">The layer and the loss do not fit.</exception>
    internal virtual Loss? FusedWith(Layer last) => null;

    /// <summary>
    /// The share of each sample's places that count, [batch], where some have no loss of their own; null where all do. <see cref="PerSample"/> takes its mean
    /// over all places, and a batch's mean is over those that count.
    /// </summary>
    internal virtual Tensor? Counted(Tensor predictions, Tensor targets) => null;

    /// <summary>Checks values passed as probabilities.</summary>
    private protected virtual void RequirePredictions(Tensor predictions) { }

    /// <summary>Checks that weights are finite and at least 0.</summary>
    internal static void RequireWeights(Tensor sampleWeights)
    {
        ReadOnlySpan<float> weights = sampleWeights.AsReadOnlySpan();
        int wrong = Search.First(new Search.Outside(0f, float.MaxValue), weights);
        if (wrong >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"Sample weights are finite and at least 0, but the weight of row {wrong} is {weights[wrong]}."),
                nameof(sampleWeights));
    }

    /// <summary>Σ values / Σ weights. A batch whose weights are all 0 has no effect: 0 / tiny, not 0 / 0.</summary>
    private static Tensor Ratio(Tensor values, Tensor weights) => values.Sum() / weights.Sum().Clip(SmallestWeight, float.MaxValue);

    /// <summary>
    /// Scales weights far from 1 by a power of two, which cancels in Σ w·loss / Σ w: neither sum overflows, and a small one does not become 0.
    /// </summary>
    private static Tensor WithinRange(Tensor weights)
    {
        const float Least = 1f / (1L << 40), Most = 1L << 40;
        float largest = Reductions.Extent(weights.AsReadOnlySpan()).Most;
        bool scale = largest is > 0f and (< Least or > Most);
        return scale ? weights * MathF.ScaleB(1f, -Math.Clamp(MathF.ILogB(largest), -126, 126)) : weights;
    }
}

/// <summary>How the weighted losses of a batch become one number.</summary>
public enum LossReduction
{
    /// <summary>Σ w·loss / number of samples: Keras's <c>sum_over_batch_size</c>.</summary>
    SumOverBatchSize,

    /// <summary>
    /// Σ w·loss / Σ w: Keras's <c>mean_with_sample_weight</c>, and PyTorch's meaning of class weights. A step computes it over its batch; the figures of an
    /// epoch or an evaluation are over all samples.
    /// </summary>
    MeanWithSampleWeight,
}
