using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>The share of samples whose largest prediction is at the place of the largest target; targets are one-hot, [batch, classes].</summary>
public sealed class CategoricalAccuracy : Metric
{
    /// <inheritdoc/>
    public override string Name => "categorical_accuracy";

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
        if (targets.Shape != predictions.Shape)
            throw new ShapeMismatchException($"{Name} expects one-hot targets of the predictions' shape {predictions.Shape}, got {targets.Shape}.", nameof(targets));
        int classes = predictions.Shape[-1], places = p.Length / Math.Max(1, classes * values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            int right = 0;
            for (int j = i * places; j < (i + 1) * places; j++)
                if (TensorPrimitives.IndexOfMax(p.Slice(j * classes, classes)) == TensorPrimitives.IndexOfMax(t.Slice(j * classes, classes))) right++;
            values[i] = right / (float)places;
        }
    }
}
