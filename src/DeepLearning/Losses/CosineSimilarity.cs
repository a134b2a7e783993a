namespace DeepLearning;

/// <summary>
/// −cos(prediction, target) over the last dimension, averaged over those in between: −1 where both point the same way, 0 at right angles, 1 where they are
/// opposed. Lengths do not matter; vectors shorter than 1e-7 are not normalized, so that a row of zeros has a loss of 0 and a finite gradient. Targets have the
/// predictions' shape. Keras: <c>CosineSimilarity</c>, with the same sign; PyTorch's <c>CosineEmbeddingLoss</c> is 1 − cos for matching pairs.
/// </summary>
public sealed class CosineSimilarity : Loss
{
    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Rank < 2 || predictions.Shape[-1] == 1) throw NoVectors(predictions.Shape.ToString());
        return -LossShapes.MeanOfEach((UnitVectors.Of(predictions) * UnitVectors.Of(LossShapes.Fit(targets, predictions))).Sum(-1));
    }

    internal override void RequireOutput(Shape output)
    {
        if (output.Rank == 0 || output[-1] == 1) throw NoVectors(output.WithBatch());
    }

    private ShapeMismatchException NoVectors(string shape)
        => new($"{Name} compares directions of vectors, [batch, features], but single numbers have none: got {shape}.");
}
