namespace DeepLearning;

/// <summary>Mean of (prediction − target)² over a sample's values. Targets have the predictions' shape; [batch] fits [batch, 1].</summary>
public sealed class MeanSquaredError : Loss
{
    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        return LossShapes.MeanOfEach((predictions - LossShapes.Fit(targets, predictions)).Square());
    }
}
