namespace DeepLearning;

/// <summary>
/// A figure that people follow while a model trains: one value a sample, averaged over the epoch's samples, so that a short last batch counts for
/// what it holds. A metric has no state; <c>Fit</c> and <c>Evaluate</c> keep the sums.
/// </summary>
public abstract class Metric
{
    /// <summary>The name in a history: <c>accuracy</c>; validation adds <c>val_</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether more is better; decides the direction of early stopping. False by default.</summary>
    public virtual bool HigherIsBetter => false;

    /// <summary>Writes the value of each sample.</summary>
    /// <param name="predictions">[batch, …output].</param>
    /// <param name="targets">[batch, …].</param>
    /// <param name="values">One place a sample.</param>
    public abstract void PerSample(Tensor predictions, Tensor targets, Span<float> values);

    /// <summary>A loss as a figure to follow: see <see cref="LossMetric"/>.</summary>
    /// <param name="loss">The loss.</param>
    public static implicit operator Metric(Loss loss) => new LossMetric(loss);
}
