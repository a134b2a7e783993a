namespace DeepLearning;

/// <summary>
/// The fraction of samples whose class is right. <c>Compile</c> chooses the form by the loss, or else by the last layer, and <c>Sequential.Metrics</c> shows
/// which one; the figure is always called <c>accuracy</c>:
/// <list type="bullet">
/// <item>binary cross-entropies, or a last <see cref="Sigmoid"/> → <see cref="BinaryAccuracy"/>, for each output separately if there are several
/// (Keras compares the places of the largest there), and of logits if the loss takes logits; targets are 0 or 1;</item>
/// <item><see cref="Hinge"/>, <see cref="SquaredHinge"/> → <see cref="BinaryAccuracy"/> of scores: above 0 is class 1 (Keras compares with 0.5);</item>
/// <item><see cref="CategoricalCrossEntropy"/> and other losses of one-hot rows → <see cref="CategoricalAccuracy"/>;</item>
/// <item><see cref="SparseCategoricalCrossEntropy"/> → <see cref="SparseCategoricalAccuracy"/>;</item>
/// <item>another loss with several outputs, after <see cref="Softmax"/> if it is a regression loss → one of the last two by the shape of the targets.</item>
/// </list>
/// Anything else is refused: an accuracy of quantities has no meaning. When called directly, without a model, the shapes decide: one output, or a last
/// dimension of 1 → binary, of probabilities; targets of the predictions' shape → categorical; else sparse.
/// </summary>
public sealed class Accuracy : MeanMetric
{
    private static readonly BinaryAccuracy Binary = new() { TakesClassesOnly = true };
    private static readonly CategoricalAccuracy Categorical = new();
    private static readonly SparseCategoricalAccuracy Sparse = new();

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>True: each form reads logits itself.</summary>
    public override bool TakesLogits => true;

    /// <inheritdoc/>
    public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        SamplePlaces.Require(Name, predictions, values);
        if (predictions.Count == values.Length || predictions.Shape[-1] == 1)
        {
            Binary.Require(targets, predictions.Count / Math.Max(1, values.Length));
            Binary.PerSample(predictions, targets, values);
        }
        else if (targets.Shape == predictions.Shape)
        {
            CrossEntropy.RequireShares(targets, predictions.Shape, Name);
            Categorical.PerSample(predictions, targets, values);
        }
        else
        {
            Sparse.PerSample(predictions, targets, values);
        }
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        bool alike = targets.Rank > 0 && targets.Shape.Dimensions[1..].SequenceEqual(output.Dimensions);
        Metric form = IsSingle(output) ? Binary : alike ? Categorical : Sparse;
        form.Validate(targets, output);
    }

    internal override Metric FormFor(Loss loss, Layer last, Shape output) => loss.Targets switch
    {
        TargetKind.Binary or TargetKind.Signs => AsBinary().FormFor(loss, last, output),
        TargetKind.OneHot => new CategoricalAccuracy { Weighted = Weighted },
        TargetKind.Labels => new SparseCategoricalAccuracy { Weighted = Weighted }.FormFor(loss, last, output),
        TargetKind.Unmatched => throw new ArgumentException(
            $"{nameof(Accuracy)} compares each output with its class, but the targets of {loss.Name} do not stand beside the outputs: leave it out."),
        _ when last.OutputMeaning.IsYesOrNo() => AsBinary(),
        TargetKind.Quantities when last.OutputMeaning is not OutputMeaning.Probabilities => throw new ArgumentException(
            $"{nameof(Accuracy)} counts right classes, but {loss.Name} of a model that ends with {last} compares quantities, which are never exactly right: "
            + $"use {nameof(MeanAbsoluteError)}; for classes end the model with Sigmoid() or Softmax() and use its cross-entropy."),
        TargetKind.Any when IsSingle(output) => throw new ArgumentException(
            $"{nameof(Accuracy)} cannot tell what the output of {last} means with {loss.Name}: for a class use {nameof(BinaryAccuracy)}, with "
            + $"{nameof(BinaryAccuracy.FromLogits)} if it is a logit; for a quantity use {nameof(MeanAbsoluteError)}."),
        _ => this,
    };

    private BinaryAccuracy AsBinary() => new() { TakesClassesOnly = true, Weighted = Weighted };

    private static bool IsSingle(Shape output) => output.Size == 1 || output[-1] == 1;
}
