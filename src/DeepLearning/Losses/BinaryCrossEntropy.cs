using System.Runtime.CompilerServices;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// −t·log(p) − (1−t)·log(1−p), the mean over a sample's values. Targets are 0 or 1, or probabilities, of the predictions' shape; [batch] fits
/// [batch, 1]. For a model that ends with Sigmoid, and for the output of a sigmoid on a tape, it is computed from the logits; other probabilities are kept 1e-7
/// away from 0 and 1, where the loss is at most 16.1 and its slope is 0. Keras: <c>BinaryCrossentropy</c>.
/// </summary>
public sealed class BinaryCrossEntropy : Loss
{
    /// <summary>Binary cross-entropy with Keras's defaults.</summary>
    /// <param name="fromLogits">True if the model's outputs are logits, without a sigmoid; false by default.</param>
    /// <param name="labelSmoothing">ε in [0, 1): targets become t·(1−ε) + ε/2; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BinaryCrossEntropy(bool fromLogits = false, double labelSmoothing = 0)
        => (FromLogits, LabelSmoothing) = (fromLogits, labelSmoothing);

    /// <summary>True if the model's outputs are logits, without a sigmoid; false by default.</summary>
    public bool FromLogits { get; init; }

    /// <summary>ε in [0, 1): targets become t·(1−ε) + ε/2; 0 by default.</summary>
    public double LabelSmoothing { get; init => field = Setting.Share(value); }

    /// <summary>
    /// The weight w > 0 of targets of 1: −w·t·log(p) − (1−t)·log(1−p); one for all outputs, or one for each as an array. None by default. Above 1 it is for
    /// rare ones. PyTorch: <c>pos_weight</c> of <c>BCEWithLogitsLoss</c>; Keras has none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not positive and finite.</exception>
    /// <exception cref="ShapeMismatchException">It is neither a number nor a list of them.</exception>
    public Tensor? PositiveWeight { get; init => field = RequirePositive(value); }

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor t = LossShapes.Fit(targets, predictions);
        if ((float)LabelSmoothing is > 0f and var e) t = t * (1f - e) + e / 2f;
        if (PositiveWeight is not { } w) return LossShapes.MeanOfEach(OfElements(predictions, t));
        // w·t and 1 − t are their sum times shares of 1: the same loss of other targets.
        RequireWeightOfEach(w, predictions.Rank < 2 ? 1 : predictions.Shape[-1], predictions.Shape);
        Tensor positive = w * t, sum = positive + (1f - t);
        return LossShapes.MeanOfEach(OfElements(predictions, positive / sum) * sum);
    }

    private Tensor OfElements(Tensor predictions, Tensor t)
        => CrossEntropy.LogitsOfSigmoid(this, predictions, FromLogits) is { } x
            ? SigmoidCrossEntropy.Apply(x, t)
            : ProbabilityCrossEntropy.Apply(CrossEntropy.Clipped(this, predictions, t), t);

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        base.Validate(targets, output);
        CrossEntropy.RequireProbabilities(targets, output, Name);
    }

    private protected override void RequirePredictions(Tensor predictions)
    {
        if (!FromLogits) CrossEntropy.RequireChances(this, predictions, most: 1f, nameof(Sigmoid));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(FromLogits), FromLogits);
        settings.Set(nameof(LabelSmoothing), (float)LabelSmoothing);
        settings.Set(nameof(PositiveWeight), PositiveWeight is null ? [] : Array.ConvertAll(PositiveWeight.ToArray(), w => (double)w));
    }

    internal override TargetKind Targets => TargetKind.Binary;

    internal override bool OfLogits => FromLogits;

    internal override Loss? FusedWith(Layer last)
        => CrossEntropy.Fuses(this, last, OutputMeaning.IndependentProbabilities, FromLogits)
            ? new BinaryCrossEntropy
            {
                FromLogits = true,
                IncludesActivation = true,
                LabelSmoothing = LabelSmoothing,
                PositiveWeight = PositiveWeight,
                Reduction = Reduction,
            }
            : null;

    internal override void RequireOutput(Shape output)
    {
        if (PositiveWeight is { } w) RequireWeightOfEach(w, output.Rank == 0 ? 1 : output[-1], output.Prepend(1));
    }

    private void RequireWeightOfEach(Tensor weights, int outputs, Shape predictions)
    {
        if (weights.Count != 1 && weights.Count != outputs)
            throw new ShapeMismatchException(
                $"{Name} has {weights.Count} numbers in {nameof(PositiveWeight)}, but {outputs} outputs, {predictions.WithoutFirst().WithBatch()}.");
    }

    private static Tensor? RequirePositive(Tensor? weights, [CallerMemberName] string name = "")
    {
        if (weights is null) return null;
        if (weights.Rank > 1 || weights.Count == 0)
            throw new ShapeMismatchException($"{name} is a number, or one for each output, got shape {weights.Shape}.", name);
        ReadOnlySpan<float> w = weights.AsReadOnlySpan();
        int wrong = Search.First(new Search.Outside(float.Epsilon, float.MaxValue), w);
        return wrong < 0
            ? weights.Clone()
            : throw new ArgumentOutOfRangeException(name, w[wrong], FormattableString.Invariant($"{name} must be finite and > 0, got {w[wrong]}."));
    }
}
