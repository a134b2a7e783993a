namespace DeepLearning;

/// <summary>
/// max(0, 1 + max((1 − t)·p) − Σ t·p) over the classes: the correct class's score should exceed every other, and 0, by 1. Targets are one-hot rows, [batch,
/// classes], of the predictions' shape; dimensions in between are averaged. Predictions are scores, as from a final <c>Dense</c>. Keras:
/// <c>CategoricalHinge</c>. PyTorch's <c>MultiMarginLoss</c> differs: it takes labels, and averages over all other classes instead of taking the largest.
/// </summary>
public sealed class CategoricalHinge : Loss
{
    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        CrossEntropy.RequireRows(Name, predictions);
        Tensor t = LossShapes.Fit(targets, predictions);
        Tensor right = (t * predictions).Sum(-1), wrong = ((1f - t) * predictions).Max(-1);
        return LossShapes.MeanOfEach((wrong - right + 1f).Relu());
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireOutput(output);
        CrossEntropy.RefuseLabels(Name, targets, output);
        base.Validate(targets, output);
        CrossEntropy.RequireShares(targets, output, Name);
    }

    internal override TargetKind Targets => TargetKind.OneHot;

    internal override void RequireOutput(Shape output) => CrossEntropy.RequireClasses(Name, output);
}
