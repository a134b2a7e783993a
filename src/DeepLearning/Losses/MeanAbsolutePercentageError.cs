using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// 100·|prediction − target| / max(|target|, 1e-7), the mean over a sample's values: the error in percent of the target. Its slope at equality is taken to be
/// 0. Targets have the predictions' shape, [batch] fits [batch, 1], and none may be 0, where any error would be infinite. Keras:
/// <c>MeanAbsolutePercentageError</c>, which accepts targets of 0 and then gives a loss about 1e9 times too large; PyTorch has none.
/// </summary>
public sealed class MeanAbsolutePercentageError : Loss
{
    /// <summary>Keras's epsilon.</summary>
    private const float Epsilon = 1e-7f;

    /// <inheritdoc/>
    protected internal override bool IsRegression => true;

    /// <inheritdoc/>
    public override Tensor PerSample(Tensor predictions, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        Tensor t = LossShapes.Fit(targets, predictions);
        return LossShapes.MeanOfEach((predictions - t).Abs() * UnaryOp<Percent>.Apply(default, t));
    }

    /// <summary>Checks shapes, and that no target is 0.</summary>
    /// <inheritdoc/>
    public override void Validate(Tensor targets, Shape output)
    {
        base.Validate(targets, output);
        ReadOnlySpan<float> t = targets.AsReadOnlySpan();
        int wrong = Search.First(new Search.Between(-Epsilon, Epsilon), t);
        if (wrong >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"{Name} divides by the targets, got {t[wrong]} in row {wrong / Math.Max(1, output.Size)}: ")
                + $"leave such rows out, or use {nameof(MeanSquaredLogarithmicError)} or {nameof(MeanAbsoluteError)}.", nameof(targets));
    }

    /// <summary>100 / max(|t|, ε); the slope is −sign(t)·100/t², and 0 below ε.</summary>
    private readonly struct Percent : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> t) => Vector512.Create(100f) / Vector512.Max(Vector512.Abs(t), Vector512.Create(Epsilon));

        public Vector512<float> Backward(Vector512<float> t, Vector512<float> dy)
        {
            Vector512<float> size = Vector512.Abs(t), slope = -dy / t * (Vector512.Create(100f) / size);
            return Vector512.ConditionalSelect(Vector512.GreaterThan(size, Vector512.Create(Epsilon)), slope, Vector512<float>.Zero);
        }
    }
}
