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
        if (predictions.Rank < 2)
            throw new ShapeMismatchException($"{Name} expects predictions [batch, classes], got {predictions.Shape}.", nameof(predictions));
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = targets.AsReadOnlySpan();
        int classes = predictions.Shape[-1], places = p.Length / Math.Max(1, classes * values.Length);
        if (t.Length != places * values.Length)
            throw new ShapeMismatchException($"{Name} expects one label for each row of predictions {predictions.Shape}, got {targets.Shape}.", nameof(targets));
        for (int i = 0; i < values.Length; i++)
        {
            int right = 0;
            for (int j = i * places; j < (i + 1) * places; j++)
                if (TensorPrimitives.IndexOfMax(p.Slice(j * classes, classes)) == (int)t[j]) right++;
            values[i] = right / (float)places;
        }
    }
}
