namespace DeepLearning;

/// <summary>
/// A loss that is followed without being trained on, under its name in Keras's spelling: <c>mean_absolute_error</c>. A loss given where a metric is
/// expected becomes one by itself: <c>model.Compile(new Adam(), new MeanSquaredError(), new MeanAbsoluteError())</c>.
/// </summary>
public sealed class LossMetric : Metric
{
    /// <summary>A metric that shows this loss.</summary>
    /// <param name="loss">The loss; of predictions as the model gives them, after its last activation.</param>
    /// <param name="name">The name in a history; by default the loss's, in Keras's spelling. One loss with two settings needs two names.</param>
    public LossMetric(Loss loss, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Loss = loss;
        Name = name ?? SnakeCase.Of(loss.Name);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The loss that is shown.</summary>
    internal Loss Loss { get; }

    /// <inheritdoc/>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
        => Loss.PerSample(predictions, targets).AsReadOnlySpan().CopyTo(values);

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => Loss.Validate(targets, output);

    /// <summary>Checks that the loss gets what it expects, probabilities or logits; the predictions stay as they are.</summary>
    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        Loss.FusedWith(last);
        return this;
    }
}
