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
        return MeanOfEach(UnaryOp<Formula>.Apply(default, predictions - Fit(targets, predictions)));
    }

    /// <summary>|e| + log(1 + e^(−2|e|)) − log 2; the slope is tanh e.</summary>
    private readonly struct Formula : IFormula
    {
        private const float Log2 = 0.693147181f;

        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> e)
        {
            Vector512<float> size = Vector512.Abs(e);
            return size + (VectorMath.Log1p(VectorMath.Exp(size * -2f)) - Vector512.Create(Log2));
        }

        public Vector512<float> Backward(Vector512<float> e, Vector512<float> dy) => VectorMath.Tanh(e) * dy;
    }
}
