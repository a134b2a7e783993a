namespace DeepLearning;

/// <summary>
/// The fraction of samples whose class is among the k largest predictions. Targets are one-hot, or probabilities that sum to 1, [batch, classes]; for labels
/// there is <see cref="SparseTopKCategoricalAccuracy"/>. Of equal predictions the first wins, so k = 1 is <see cref="CategoricalAccuracy"/>; a row with NaN is
/// never correct. From 0 to 1, higher is better. Keras: <c>TopKCategoricalAccuracy</c>; scikit-learn: <c>top_k_accuracy_score</c>.
/// </summary>
public sealed class TopKCategoricalAccuracy : MeanMetric
{
    /// <summary>The fraction of samples whose class is among the best k.</summary>
    /// <param name="k">1 or more, at most the number of classes; 5 by default.</param>
    /// <param name="name">The name in a history; <c>top_k_categorical_accuracy</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public TopKCategoricalAccuracy(int k = 5, string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        (K, Name) = (k, name ?? "top_k_categorical_accuracy");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>True: the largest logits are those of the largest probabilities.</summary>
    public override bool TakesLogits => true;

    /// <summary>How many of the largest predictions count.</summary>
    public int K { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The targets do not fit the predictions, or there is only one class.</exception>
    /// <exception cref="ArgumentException">A target is not a valid class.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values) => TopK.Write(Name, K, predictions, targets, values, oneHot: true);

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        TopK.Require(Name, K, output);
        ClassReading.ValidateClasses(Name, targets, output);
    }

    /// <summary>For example <c>TopKCategoricalAccuracy(5)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(TopKCategoricalAccuracy)}({K})");

    internal override Metric FormFor(Loss loss, Layer last, Shape output)
    {
        TopK.Require(Name, K, output);
        ClassReading.OfClasses(this, loss, last, output);
        return this;
    }
}
