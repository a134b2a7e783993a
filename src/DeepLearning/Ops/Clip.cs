using System.Runtime.Intrinsics;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>|x|, element by element. Its slope at 0 is taken as 0.</summary>
    public Tensor Abs() => UnaryOp<AbsFormula>.Apply(default, this);

    /// <summary>min(max(x, minimum), maximum), element by element. Its slope is 1 inside and on the bounds, 0 outside.</summary>
    /// <param name="minimum">Lower bound.</param>
    /// <param name="maximum">Upper bound, at least the lower.</param>
    /// <exception cref="ArgumentException">The bounds are NaN or reversed.</exception>
    public Tensor Clip(double minimum, double maximum)
        => minimum <= maximum
            ? UnaryOp<ClipFormula>.Apply(new ClipFormula(Setting.Single(minimum), Setting.Single(maximum)), this)
            : throw new ArgumentException(FormattableString.Invariant($"Expected minimum ≤ maximum, got {minimum} and {maximum}."), nameof(minimum));

    private readonly struct AbsFormula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Abs(x);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
            => Vector512.ConditionalSelect(
                Vector512.Equals(x, Vector512<float>.Zero), Vector512<float>.Zero, Vector512.CopySign(Vector512<float>.One, x) * dy);
    }

    private readonly struct ClipFormula(float minimum, float maximum) : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Min(Vector512.Max(x, Vector512.Create(minimum)), Vector512.Create(maximum));

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
            => Vector512.ConditionalSelect(
                Vector512.GreaterThanOrEqual(x, Vector512.Create(minimum)) & Vector512.LessThanOrEqual(x, Vector512.Create(maximum)), dy, Vector512<float>.Zero);
    }
}
