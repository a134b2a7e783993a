namespace DeepLearning;

/// <summary>
/// Σ w·v / Σ w of a value v for each sample and its weight w: a mean over the samples, independent of the batches. Weights are 1 unless the metric is
/// <see cref="Metric.Weighted"/>. NaN if no sample counts.
/// </summary>
public abstract class MeanMetric : Metric
{
    /// <summary>2: Σ w·v and Σ w.</summary>
    public sealed override int Size => 2;

    /// <summary>Writes the value of each sample.</summary>
    /// <param name="predictions">[batch, …output], as output by the model; logits if it ends without an activation.</param>
    /// <param name="targets">[batch, …].</param>
    /// <param name="values">One place per sample; the metrics of this library throw if there are more or fewer.</param>
    public abstract void PerSample(Tensor predictions, Tensor targets, Span<float> values);

    /// <summary>Adds the values of a batch.</summary>
    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The predictions have no batch, or there is not one weight per sample.</exception>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    public sealed override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
        => Accumulate(predictions, logits: null, targets, weights, sums);

    /// <summary>Σ w·v / Σ w.</summary>
    /// <inheritdoc/>
    public override double Result(MetricSums sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        return sums[0] / sums[1];
    }

    internal sealed override void Accumulate(Tensor predictions, Tensor? logits, Tensor targets, Tensor? weights, MetricSums sums)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(sums);
        if (predictions.Rank == 0) throw new ShapeMismatchException($"{Name} expects predictions [batch, …], got {predictions.Shape}.", nameof(predictions));
        int count = predictions.Shape.Dimensions[0];
        ReadOnlySpan<float> w = WeightsOf(weights, predictions);
        Span<float> values = sums.Scratch(count);
        PerSample(predictions, logits, targets, values);
        Tensor? counted = Counted(predictions, targets);
        // Value by value onto the running sum: the batches of an epoch give the same bits as one pass over it.
        double sum = sums[0], weight = sums[1];
        if (weights is null && counted is null)
        {
            foreach (float value in values) sum += value;
            weight += count;
        }
        else
        {
            ReadOnlySpan<float> shares = counted is null ? [] : counted.AsReadOnlySpan();
            for (int i = 0; i < count; i++)
            {
                double of = weights is null ? 1 : w[i];
                sum += of * values[i];
                weight += counted is null ? of : of * shares[i];
            }
        }

        (sums[0], sums[1]) = (sum, weight);
    }

    /// <summary>The value of each sample in a model: from the predictions, or from the logits before its last activation, if given.</summary>
    internal virtual void PerSample(Tensor predictions, Tensor? logits, Tensor targets, Span<float> values) => PerSample(predictions, targets, values);

    /// <summary>The share of each sample's places that count, [batch]; null where all do. Its value is then a mean that takes the others as 0.</summary>
    internal virtual Tensor? Counted(Tensor predictions, Tensor targets) => null;
}
