using System.Runtime.Intrinsics;

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
        return -LossShapes.MeanOfEach((Direction(predictions) * Direction(LossShapes.Fit(targets, predictions))).Sum(-1));
    }

    internal override void RequireOutput(Shape output)
    {
        if (output.Rank == 0 || output[-1] == 1) throw NoVectors(output.WithBatch());
    }

    private ShapeMismatchException NoVectors(string shape)
        => new($"{Name} compares directions of vectors, [batch, features], but single numbers have none: got {shape}.");

    /// <summary>Vectors of length 1.</summary>
    private static Tensor Direction(Tensor x) => x * UnaryOp<Reciprocal>.Apply(default, x.Square().Sum(-1, keepDimension: true));

    /// <summary>1/√s of a square s; 1 below Keras's ε².</summary>
    private readonly struct Reciprocal : IFormula
    {
        private const float SquaredEpsilon = 1e-14f;

        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> s)
            => Vector512.ConditionalSelect(IsShort(s), Vector512<float>.One, Vector512<float>.One / Vector512.Sqrt(s));

        /// <summary>−½·s^(−3/2).</summary>
        public Vector512<float> Backward(Vector512<float> s, Vector512<float> dy)
            => Vector512.ConditionalSelect(IsShort(s), Vector512<float>.Zero, dy * -0.5f / (s * Vector512.Sqrt(s)));

        private static Vector512<float> IsShort(Vector512<float> s) => Vector512.LessThan(s, Vector512.Create(SquaredEpsilon));
    }
}
