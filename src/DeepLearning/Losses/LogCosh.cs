using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// log cosh(e), e = prediction − target, the mean over a sample's values: about ½·e² near 0 and |e| − log 2 far away, smooth between. Finite for any
/// finite error. Keras: <c>LogCosh</c>. Targets have the predictions' shape; [batch] fits [batch, 1].
/// </summary>
public sealed class LogCosh : Loss
{
    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        return LossShapes.MeanOfEach(UnaryOp<Formula>.Apply(default, predictions - LossShapes.Fit(targets, predictions)));
    }

    /// <summary>
    /// |e| + log(1 + e^(−2|e|)) − log 2, and below ½, where its terms cancel, the Taylor series ½e² − e⁴/12 + e⁶/45 − …; the slope is tanh e.
    /// </summary>
    private readonly struct Formula : IFormula
    {
        private const float Log2 = 0.693147181f, Small = 0.5f;

        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> e)
        {
            Vector512<float> size = Vector512.Abs(e);
            Vector512<float> direct = size + (VectorMath.Log1p(VectorMath.Exp(size * -2f)) - Vector512.Create(Log2));
            return Vector512.ConditionalSelect(Vector512.LessThan(size, Vector512.Create(Small)), Series(e * e), direct);
        }

        /// <summary>Seven terms: the eighth is below 1e-8 of the sum.</summary>
        private static Vector512<float> Series(Vector512<float> square)
        {
            Vector512<float> sum = Next(Vector512.Create(10922f / 42567525f), square, -691f / 935550f);
            sum = Next(Next(sum, square, 31f / 14175f), square, -17f / 2520f);
            return square * Next(Next(Next(sum, square, 1f / 45f), square, -1f / 12f), square, 0.5f);
        }

        private static Vector512<float> Next(Vector512<float> sum, Vector512<float> square, float coefficient)
            => sum * square + Vector512.Create(coefficient);

        public Vector512<float> Backward(Vector512<float> e, Vector512<float> dy) => VectorMath.Tanh(e) * dy;
    }
}
