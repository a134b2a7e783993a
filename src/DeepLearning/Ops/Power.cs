using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>x², element by element.</summary>
    public Tensor Square() => UnaryOp<SquareFormula>.Apply(default, this);

    /// <summary>√x, element by element; NaN for negative x. Its slope at 0 is taken as 0.</summary>
    public Tensor Sqrt() => UnaryOp<SqrtFormula>.Apply(default, this);

    /// <summary>
    /// xᵖ, element by element, p a number. NaN for negative x unless p is whole. The slope p·xᵖ⁻¹ at x = 0 is taken as 0 where it is infinite.
    /// </summary>
    /// <param name="exponent">p.</param>
    public Tensor Pow(double exponent) => Setting.Single(exponent) switch
    {
        1f => UnaryOp<Scaled>.Apply(new Scaled(1f), this),
        2f => Square(),
        0.5f => Sqrt(),
        var p => UnaryOp<PowFormula>.Apply(new PowFormula(p), this),
    };

    private readonly struct SquareFormula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => x * x;

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy) => (x + x) * dy;
    }

    private readonly struct SqrtFormula : IFormula
    {
        public static bool SlopeFromInput => false;

        public Vector512<float> Invoke(Vector512<float> x) => Vector512.Sqrt(x);

        public Vector512<float> Backward(Vector512<float> y, Vector512<float> dy)
            => Vector512.ConditionalSelect(Vector512.Equals(y, Vector512<float>.Zero), Vector512<float>.Zero, dy * 0.5f / y);
    }

    private readonly struct PowFormula(float exponent) : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Pow(x, exponent);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
        {
            Vector512<float> slope = VectorMath.Pow(x, exponent - 1f) * exponent;
            return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero) & ~Vector512.IsFinite(slope), Vector512<float>.Zero, slope * dy);
        }
    }
}
