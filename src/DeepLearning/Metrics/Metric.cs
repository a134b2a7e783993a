namespace DeepLearning;

/// <summary>
/// A figure that people follow while a model trains: one value a sample, averaged over the epoch's samples, so that a short last batch counts for
/// what it holds. Every sample counts alike; sample weights are for the loss, as with Keras's <c>metrics</c>. A metric has no state; <c>Fit</c> and
/// <c>Evaluate</c> keep the sums.
/// </summary>
public abstract class Metric
{
    /// <summary>The name in a history: <c>accuracy</c>; validation adds <c>val_</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether more is better; decides the direction of early stopping. False by default.</summary>
    public virtual bool HigherIsBetter => false;

    /// <summary>Writes the value of each sample.</summary>
    /// <param name="predictions">[batch, …output], as the model gives them; logits where it ends without an activation.</param>
    /// <param name="targets">[batch, …].</param>
    /// <param name="values">One place a sample; the metrics of this library throw where there are more or fewer.</param>
    public abstract void PerSample(Tensor predictions, Tensor targets, Span<float> values);

    /// <summary>Checks the values of all targets before anything is trained on them or evaluated. By default anything goes.</summary>
    /// <param name="targets">[samples, …].</param>
    /// <param name="output">The shape of one prediction, without the batch.</param>
    /// <exception cref="ArgumentException">The targets cannot be used; the message says which, where and why.</exception>
    public virtual void Validate(Tensor targets, Shape output) { }

    /// <summary>The class and what it was made with.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>A loss as a figure to follow: see <see cref="LossMetric"/>.</summary>
    /// <param name="loss">The loss.</param>
    public static implicit operator Metric(Loss loss) => new LossMetric(loss);

    /// <summary>What computes the figure in a model with this loss and this last layer.</summary>
    /// <exception cref="ArgumentException">The metric means nothing there.</exception>
    internal virtual Metric FormFor(Loss loss, Layer last, Shape output) => this;

    /// <summary>The value of each sample in a model: of the predictions, or of the logits before its last activation.</summary>
    internal virtual void PerSample(Tensor predictions, Tensor logits, Tensor targets, Span<float> values) => PerSample(predictions, targets, values);

    /// <summary>Checks that there is one place a sample.</summary>
    private protected void RequirePlaces(Tensor predictions, Span<float> values)
    {
        if (predictions.Rank == 0 || predictions.Shape.Dimensions[0] != values.Length)
        {
            throw new ArgumentException(
                $"{Name} writes one value a sample of predictions {predictions.Shape}, got {values.Length} places: pass new float[predictions.Shape[0]].",
                nameof(values));
        }
    }
}
