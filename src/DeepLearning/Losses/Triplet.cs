using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// max(0, d(a, p) − d(a, n) + margin): pulls vectors of the same label together and pushes others apart. For each sample a of a batch it is the mean over the
/// others p of its label, with n the nearest sample of another label farther than p, or else the farthest: the semi-hard triplets of Schroff et al. 2015
/// ("FaceNet"). The hardest triplets would often collapse all vectors to one point. Targets are labels, [batch], any whole numbers; the model's output is one
/// vector per sample, [batch, features]. A sample alone with its label, or without another label, has no loss: batches need several samples of several labels,
/// and the loss depends on the batching. TensorFlow Addons: <c>TripletSemiHardLoss</c>, with squared distances; for given triplets, as in PyTorch's
/// <c>TripletMarginLoss</c>, see <see cref="Losses.TripletMargin"/>.
/// </summary>
public sealed class Triplet : Loss
{
    /// <summary>Triplet loss with a margin.</summary>
    /// <param name="margin">By how much farther others should be, > 0; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public Triplet(double margin = 1) => Margin = margin;

    /// <summary>By how much farther others should be, > 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public double Margin { get; init => field = Setting.Positive(value); }

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Rank != 2) throw NoVectors(predictions.Shape.ToString());
        int n = predictions.Shape[0];
        if (targets.Count != n)
            throw new ShapeMismatchException($"{Name} expects a label a row of predictions {predictions.Shape}, got {targets.Shape}.", nameof(targets));
        Tensor same = targets.Reshape(n, 1).EqualTo(targets.Reshape(1, n)), squares = predictions.Square().Sum(-1, keepDimension: true);
        // |x − y|² = |x|² + |y|² − 2·x·y for all pairs, which rounding may make negative.
        Tensor apart = (squares + squares.Reshape(1, n) - 2f * predictions.MatMul(predictions, transposeOther: true)).Clip(0f, float.MaxValue).Sqrt();
        return (apart - SemiHardNegatives.Apply(apart, targets) + Margin).Relu().Sum(-1) / (same.Sum(-1) - 1f).Clip(1f, float.MaxValue);
    }

    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireOutput(output);
        if (targets.Rank == 0 || targets.Count != targets.Shape[0])
            throw new ShapeMismatchException($"{Name} expects a label a row, [samples], got targets of shape {targets.Shape}.", nameof(targets));
        ReadOnlySpan<float> labels = targets.AsReadOnlySpan();
        int wrong = Search.First(default(Search.Fraction), labels);
        if (wrong >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"{Name} expects labels that are whole numbers, got {labels[wrong]} in row {wrong}."), nameof(targets));
    }

    /// <inheritdoc/>
    protected override void DescribeSettings(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Set(nameof(Margin), (float)Margin);
    }

    internal override TargetKind Targets => TargetKind.Unmatched;

    internal override void RequireOutput(Shape output)
    {
        if (output.Rank != 1) throw NoVectors(output.WithBatch());
    }

    private ShapeMismatchException NoVectors(string shape) => new($"{Name} expects an output of vectors, [batch, features], got {shape}.");
}
