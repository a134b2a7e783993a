using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>How losses bring targets to the predictions' shape, and values to one per sample.</summary>
internal static class LossShapes
{
    /// <summary>
    /// Targets in the predictions' shape if the two differ only by dimensions of 1, as [batch] and [batch, 1]: a view. Labels and other targets are unchanged.
    /// Every loss and metric gets its targets through here, so that none broadcasts a vector against a column.
    /// </summary>
    public static Tensor Align(Tensor targets, Tensor predictions)
        => targets.Shape != predictions.Shape && targets.Rank > 0 && predictions.Rank > 0 && targets.Shape.Dimensions[0] == predictions.Shape.Dimensions[0]
            && Shape.EqualButForOnes(targets.Shape, predictions.Shape)
            ? targets.Reshape(predictions.Shape)
            : targets;

    /// <summary>Targets in the predictions' shape, or an exception.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ by more than dimensions of 1.</exception>
    public static Tensor Fit(Tensor targets, Tensor predictions)
    {
        Tensor aligned = Align(targets, predictions);
        return aligned.Shape == predictions.Shape
            ? aligned
            : throw new ShapeMismatchException($"Expected targets of the predictions' shape {predictions.Shape}, got {targets.Shape}.", nameof(targets));
    }

    /// <summary>Checks that no target is negative.</summary>
    /// <exception cref="ArgumentException">The message names the first that is.</exception>
    public static void RequireNotNegative(Tensor targets, Shape output, string loss, string advice)
    {
        ReadOnlySpan<float> t = targets.AsReadOnlySpan();
        int wrong = Search.First(new Search.Outside(0f, float.MaxValue), t);
        if (wrong >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"{loss} expects targets of at least 0, got {t[wrong]} in row {wrong / Math.Max(1, output.Size)}: {advice}."),
                nameof(targets));
    }

    /// <summary>Checks that targets have the shape of predictions, apart from dimensions of 1.</summary>
    /// <exception cref="ShapeMismatchException">They do not.</exception>
    public static void Require(string who, Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Rank == 0 || !Shape.EqualButForOnes(targets.Shape.Dimensions[1..], output))
            throw new ShapeMismatchException($"{who} expects targets of shape {output.WithBatch()}, like the model's output, got {targets.Shape}.", nameof(targets));
    }

    /// <summary>The mean of each sample's values: [batch, …] gives [batch].</summary>
    public static Tensor MeanOfEach(Tensor values) => values.Rank == 1 ? values : values.Reshape(values.Shape[0], -1).Mean(-1);
}
