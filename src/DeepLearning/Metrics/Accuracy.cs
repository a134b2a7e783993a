namespace DeepLearning;

/// <summary>
/// The share of samples whose class is right. Which of the three forms it takes follows from the shapes, as Keras's <c>"accuracy"</c>: one output, or
/// a last dimension of 1 → <see cref="BinaryAccuracy"/>; targets of the predictions' shape → <see cref="CategoricalAccuracy"/>; else
/// <see cref="SparseCategoricalAccuracy"/>.
/// </summary>
public sealed class Accuracy : Metric
{
    private static readonly BinaryAccuracy Binary = new();
    private static readonly CategoricalAccuracy Categorical = new();
    private static readonly SparseCategoricalAccuracy Sparse = new();

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        bool binary = predictions.Count == values.Length || predictions.Shape[-1] == 1;
        Metric form = binary ? Binary : targets.Shape == predictions.Shape ? Categorical : Sparse;
        form.PerSample(predictions, targets, values);
    }
}
