namespace DeepLearning;

/// <summary>
/// max(1 − t·p, 0)², the mean over a sample's values: like <see cref="Hinge"/>, but smooth at the margin, and harsher on large errors. Targets are −1 or 1, or
/// 0 or 1, where 0 counts as −1, of the predictions' shape; [batch] fits [batch, 1]. Predictions are scores on both sides of 0, as from a final <c>Dense(1)</c>
/// or <c>Tanh()</c>; above 0 means 1. Keras: <c>SquaredHinge</c>, which treats targets as 0 and 1 only if a whole batch is; PyTorch has none (its smooth one is
/// <c>SoftMarginLoss</c>).
/// </summary>
public sealed class SquaredHinge : Loss
{
    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor t = HingeTargets.Signs(LossShapes.Fit(targets, predictions));
        return LossShapes.MeanOfEach((1f - t * predictions).Relu().Square());
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        base.Validate(targets, output);
        HingeTargets.Require(targets, output, Name);
    }

    internal override TargetKind Targets => TargetKind.Signs;

    internal override Loss? FusedWith(Layer last)
    {
        HingeTargets.RequireBothSigns(last, Name);
        return null;
    }
}
