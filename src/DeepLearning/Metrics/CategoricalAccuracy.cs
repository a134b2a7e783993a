using System.Numerics.Tensors;

namespace DeepLearning;

/// <summary>
/// The fraction of samples whose largest prediction is at the position of the largest target; targets are one-hot, or probabilities that sum to 1, [batch,
/// classes]. On ties the first counts, and a row with NaN is never right. For several labels per sample, use <see cref="BinaryAccuracy"/>.
/// </summary>
public sealed class CategoricalAccuracy : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "categorical_accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>True: the largest logit is that of the largest probability.</summary>
    public override bool TakesLogits => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">The targets do not have the predictions' shape, or there is only one class.</exception>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        SamplePlaces.Require(Name, predictions, values);
        if (predictions.Rank < 2)
            throw new ShapeMismatchException($"{Name} expects predictions [batch, classes], got {predictions.Shape}.", nameof(predictions));
        ReadOnlySpan<float> p = predictions.AsReadOnlySpan(), t = targets.AsReadOnlySpan();
        if (targets.Shape != predictions.Shape)
            throw new ShapeMismatchException($"{Name} expects one-hot targets of the predictions' shape {predictions.Shape}, got {targets.Shape}.", nameof(targets));
        (int classes, int places) = ClassRows.Of(predictions, values.Length, Name);
        for (int i = 0; i < values.Length; i++)
        {
            int right = 0;
            for (int j = i * places; j < (i + 1) * places; j++)
                if (ClassRows.Chosen(p.Slice(j * classes, classes)) == TensorPrimitives.IndexOfMax(t.Slice(j * classes, classes))) right++;
            values[i] = right / (float)places;
        }
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ClassRows.Require(output, Name);
        bool alike = targets.Rank > 1 && targets.Shape.Dimensions[1..].SequenceEqual(output.Dimensions);
        if (alike) CrossEntropy.RequireShares(targets, output, Name);
    }
}
