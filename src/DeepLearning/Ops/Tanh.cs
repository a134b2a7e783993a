using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The hyperbolic tangent, element by element.</summary>
    public Tensor Tanh() => UnaryOp<TanhFormula>.Apply(default, this);

    private readonly struct TanhFormula : IFormula
    {
        public static bool SlopeFromInput => false;

        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Tanh(x);

        public Vector512<float> Backward(Vector512<float> y, Vector512<float> dy) => (Vector512<float>.One - y * y) * dy;
    }
}
