namespace DeepLearning;

/// <summary>
/// Mean of |prediction − target| over a sample's values; its slope at equality is taken to be 0. Targets have the predictions' shape; [batch] fits
/// [batch, 1]. Keras: <c>MeanAbsoluteError</c>, PyTorch: <c>L1Loss</c>.
/// </summary>
public sealed class MeanAbsoluteError : Loss
{
    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        return LossShapes.MeanOfEach((predictions - LossShapes.Fit(targets, predictions)).Abs());
    }
}
