using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>eˣ, element by element.</summary>
    public Tensor Exp() => UnaryOp<ExpFormula>.Apply(default, this);

    /// <summary>The natural logarithm, element by element; −∞ at 0, NaN below.</summary>
    public Tensor Log() => UnaryOp<LogFormula>.Apply(default, this);

    private readonly struct ExpFormula : IFormula
    {
        public static bool SlopeFromInput => false;

        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Exp(x);

        public Vector512<float> Backward(Vector512<float> y, Vector512<float> dy) => y * dy;
    }

    private readonly struct LogFormula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Log(x);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy) => dy / x;
    }
}
