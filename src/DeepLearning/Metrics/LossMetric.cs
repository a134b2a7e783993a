namespace DeepLearning;

/// <summary>
/// A loss that is reported but not trained on, under its name in Keras's spelling: <c>mean_absolute_error</c>. A loss converts to a metric implicitly:
/// <c>model.Compile(new Adam(), new MeanSquaredError(), new MeanAbsoluteError())</c>. If the loss is computed from the logits before the model's last
/// activation, a cross-entropy metric is computed from them too, so both show the same figure; with any other loss, or when called directly, it uses the
/// probabilities, which are kept 1e-7 away from 0 and 1.
/// </summary>
public sealed class LossMetric : MeanMetric
{
    /// <summary>A metric that shows this loss.</summary>
    /// <param name="loss">The loss; it takes the predictions of the model, after its last activation.</param>
    /// <param name="name">The name in a history; by default the loss's, in Keras's spelling. One loss with two settings needs two names.</param>
    public LossMetric(Loss loss, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Loss = loss;
        Name = name ?? SnakeCase.Of(loss.Name);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <summary>True: a loss says itself whether it takes logits.</summary>
    public override bool TakesLogits => true;

    /// <summary>The loss that is shown.</summary>
    internal Loss Loss { get; }

    /// <summary>The same loss on logits, in a model that provides them; otherwise null.</summary>
    internal Loss? OfLogits { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not exactly one place per sample.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        Write(Loss, predictions, targets, values);
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output) => Loss.Validate(targets, output);

    internal override void PerSample(Tensor predictions, Tensor? logits, Tensor targets, Span<float> values)
    {
        if (OfLogits is { } loss && logits is not null) Write(loss, logits, targets, values);
        else PerSample(predictions, targets, values);
    }

    internal override Tensor? Counted(Tensor predictions, Tensor targets) => Loss.Counted(predictions, targets);

    /// <summary>Checks that the loss gets what it expects: quantities, probabilities or logits.</summary>
    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        if (loss.OfLogits && Loss.IsRegression)
        {
            throw new ArgumentException($"{Loss.Name} compares quantities, but under {loss.Name} the outputs are " + loss.Targets switch
            {
                TargetKind.Quantities => "logarithms of rates: end the model with Exponential() and omit FromLogarithms.",
                TargetKind.Binary => $"logits: end the model with Sigmoid() and omit FromLogits, or use {nameof(Accuracy)}.",
                _ => $"logits: end the model with Softmax() and omit FromLogits, or use {nameof(Accuracy)}.",
            });
        }

        return Loss.FusedWith(last) is { } fused && loss.FusedWith(last) is not null
            ? new LossMetric(Loss, Name) { OfLogits = fused, Weighted = Weighted }
            : this;
    }

    private void Write(Loss loss, Tensor predictions, Tensor targets, Span<float> values)
    {
        SamplePlaces.Require(Name, predictions, values);
        ReadOnlySpan<float> each = loss.PerSample(predictions, targets).AsReadOnlySpan();
        if (each.Length != values.Length)
            throw new ArgumentException($"{loss.Name} must return a value per sample, but {nameof(PerSample)} gave {each.Length} for {values.Length} samples.");
        each.CopyTo(values);
    }
}
