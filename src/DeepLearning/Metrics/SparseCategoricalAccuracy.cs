using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>The share of samples whose largest prediction is at the labelled class; targets are labels, [batch] or [batch, 1].</summary>
public sealed class SparseCategoricalAccuracy : Metric
{
    /// <inheritdoc/>
    public override string Name => "sparse_categorical_accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = targets.AsReadOnlySpan();
        int classes = p.Length / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length; i++)
            values[i] = TensorPrimitives.IndexOfMax(p.Slice(i * classes, classes)) == (int)t[i] ? 1f : 0f;
    }
}
