using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// max(0, dₚ − dₙ + margin): vectors of the same label come near each other, others stay away. For each sample of a batch, dₚ is the distance to the farthest
/// of its own label and dₙ that to the nearest of another, the hardest triplets of the batch (Hermans et al. 2017, "batch hard"). Targets are labels, [batch],
/// any whole numbers; the model's output is a vector a sample, [batch, features], best of length 1. A sample whose batch has no other label has no loss; one
/// without a companion is only kept away from the others. So batches need several samples of several labels, and the figure depends on how they are batched.
/// TensorFlow Addons: <c>TripletHardLoss</c>; for given triplets, as PyTorch's <c>TripletMarginLoss</c>, there is <see cref="Losses.TripletMargin"/>.
/// </summary>
public sealed class Triplet : Loss
{
    /// <summary>Farther than any distance: what is of the same label is no candidate for the nearest other.</summary>
    private const float Far = 1e30f;

    /// <summary>Triplet loss with a margin.</summary>
    /// <param name="margin">By how much farther others are to be, > 0; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive and finite.</exception>
    public Triplet(double margin = 1) => Margin = margin;

    /// <summary>By how much farther others are to be, > 0; 1 by default.</summary>
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
        // |x − y|² = |x|² + |y|² − 2·x·y of all pairs, which rounding may put below 0.
        Tensor apart = (squares + squares.Reshape(1, n) - 2f * predictions.MatMul(predictions, transposeOther: true)).Clip(0f, float.MaxValue).Sqrt();
        return ((apart * same).Max(-1) - (apart + same * Far).Min(-1) + Margin).Relu();
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
