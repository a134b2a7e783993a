using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// (log(1 + max(prediction, 1e-7)) − log(1 + max(target, 1e-7)))², the mean over a sample's values: an error of ratios, for quantities of very different
/// magnitudes. Targets have the predictions' shape, [batch] fits [batch, 1], and none may be negative. A prediction below 0 counts as 0 and has no gradient, so
/// end the model with <c>Softplus()</c> or <c>Exponential()</c> if it could get stuck there. Keras: <c>MeanSquaredLogarithmicError</c>; PyTorch has none.
/// </summary>
public sealed class MeanSquaredLogarithmicError : Loss
{
    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        return LossShapes.MeanOfEach((Logarithm(predictions) - Logarithm(LossShapes.Fit(targets, predictions))).Square());
    }

    /// <summary>Checks shapes, and that no target is negative.</summary>
    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        base.Validate(targets, output);
        LossShapes.RequireNotNegative(targets, output, Name, $"for quantities of both signs use {nameof(MeanSquaredError)}");
    }

    private static Tensor Logarithm(Tensor x) => UnaryOp<Log1p>.Apply(default, x);

    /// <summary>log(1 + max(x, ε)) with Keras's ε; the slope is 1/(1 + x), and 0 below ε.</summary>
    private readonly struct Log1p : IFormula
    {
        private const float Epsilon = 1e-7f;

        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Log1p(Vector512.Max(x, Vector512.Create(Epsilon)));

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
            => Vector512.ConditionalSelect(
                Vector512.LessThan(x, Vector512.Create(Epsilon)), Vector512<float>.Zero, dy / (x + Vector512<float>.One));
    }
}
