namespace DeepLearning;

/// <summary>
/// A figure to watch while a model trains: sums over all samples of an epoch or an evaluation, and a result computed from the sums. It has no state: <c>Fit</c>
/// and <c>Evaluate</c> keep the <see cref="MetricSums"/>, and figures of batches, checkpoints and machines are combined by adding them.
/// A mean of a value for each sample, such as an accuracy, is a <see cref="MeanMetric"/>.
/// </summary>
/// <remarks>
/// A metric of ranks, such as the exact area under the ROC curve, gathers rows (<see cref="MetricSums.Append"/>). Its result sorts all of them, so it is
/// computed only at the end of an epoch or an evaluation; during an epoch, its figure in <see cref="Logs"/> is NaN.
/// <code>
/// public sealed class F1 : Metric
/// {
///     public override string Name => "f1";
///     public override bool HigherIsBetter => true;
///     public override int Size => 2;
///
///     public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
///     {
///         for (int i = 0; i &lt; targets.Shape[0]; i++)
///         {
///             bool predicted = predictions[i, 0] > 0.5f, actual = targets[i, 0] > 0.5f;
///             float weight = weights?[i] ?? 1f;
///             if (predicted &amp;&amp; actual) sums[0] += 2 * weight;
///             if (predicted != actual) sums[1] += weight;
///         }
///     }
///
///     public override double Result(MetricSums sums) => sums[0] / (sums[0] + sums[1]);
/// }
/// </code>
/// </remarks>
public abstract class Metric
{
    /// <summary>The name in a history: <c>accuracy</c>; validation adds <c>val_</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether higher is better: the direction used by early stopping and the choice of the best checkpoint.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>
    /// Whether sample weights count: Keras's <c>weighted_metrics</c>. False by default: every sample counts equally, as with Keras's <c>metrics</c>.
    /// </summary>
    public bool Weighted { get; init; }

    /// <summary>
    /// Whether the metric takes logits as they are. False by default: under a loss that takes logits, as
    /// <c>new BinaryCrossEntropy(fromLogits: true)</c> does, it gets the probabilities, the sigmoid or the softmax of the model's outputs.
    /// </summary>
    public virtual bool TakesLogits => false;

    /// <summary>The number of sums, always the same; 0 or more.</summary>
    public abstract int Size { get; }

    /// <summary>Adds a batch to the sums. It must not depend on how samples are batched.</summary>
    /// <param name="predictions">[batch, …output], as output by the model; of logits their probabilities, unless <see cref="TakesLogits"/>.</param>
    /// <param name="targets">[batch, …]; in <c>Fit</c> and <c>Evaluate</c> in the predictions' shape if the two differ only by dimensions of 1.</param>
    /// <param name="weights">[batch], each ≥ 0; null for ones. In <c>Fit</c> and <c>Evaluate</c> always null unless <see cref="Weighted"/>.</param>
    /// <param name="sums">The sums to add to: <see cref="Size"/> of them, and rows if the metric gathers them.</param>
    public abstract void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums);

    /// <summary>Computes the figure from any sums, including those of a few samples. NaN if it is undefined, such as 0 / 0.</summary>
    /// <param name="sums">The accumulated sums; not changed.</param>
    public abstract double Result(MetricSums sums);

    /// <summary>Checks the values of all targets before anything is trained on them or evaluated. By default anything is accepted.</summary>
    /// <param name="targets">[samples, …].</param>
    /// <param name="output">The shape of one prediction, without the batch.</param>
    /// <exception cref="ArgumentException">The targets cannot be used; the message says which, where and why.</exception>
    public virtual void Validate(Tensor targets, Shape output) { }

    /// <summary>The class and its settings.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>A loss as a metric: see <see cref="LossMetric"/>.</summary>
    /// <param name="loss">The loss.</param>
    public static implicit operator Metric(Loss loss) => new LossMetric(loss);

    /// <summary>The metric as computed in a model with this loss and this last layer; <see cref="Weighted"/> if this metric is.</summary>
    /// <exception cref="ArgumentException">The metric has no meaning there.</exception>
    internal virtual Metric FormFor(Loss loss, Layer last, Shape output) => this;

    /// <summary>Adds a batch of a model, from the predictions or from the logits before its last activation.</summary>
    internal virtual void Accumulate(Tensor predictions, Tensor? logits, Tensor targets, Tensor? weights, MetricSums sums)
        => Accumulate(predictions, targets, weights, sums);

    /// <summary>The weights of a batch's samples; empty if all count alike.</summary>
    /// <exception cref="ArgumentException">There is not one for each sample, or one is negative or not finite.</exception>
    private protected ReadOnlySpan<float> WeightsOf(Tensor? weights, Tensor predictions)
    {
        if (weights is null) return default;
        int count = predictions.Shape.Dimensions[0];
        if (weights.Rank != 1 || weights.Count != count)
            throw new ShapeMismatchException($"{Name} expects one weight per sample, [{count}], got {weights.Shape}.", nameof(weights));
        Loss.RequireWeights(weights);
        return weights.AsReadOnlySpan();
    }

    /// <summary>The sums of this metric.</summary>
    /// <exception cref="ArgumentException">They are of another.</exception>
    private protected Span<double> SumsOf(MetricSums sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        return sums.Size == Size
            ? sums.Values
            : throw new ArgumentException($"{Name} has {Size} sums, got {sums.Size}: make new MetricSums(metric.Size).", nameof(sums));
    }
}
