using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Tensor
{
    /// <summary>The logistic function 1 / (1 + e⁻ˣ), element by element.</summary>
    public Tensor Sigmoid() => UnaryOp<SigmoidFormula>.Apply(default, this);

    internal readonly struct SigmoidFormula : IFormula
    {
        public static bool SlopeFromInput => false;

        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Sigmoid(x);

        public Vector512<float> Backward(Vector512<float> y, Vector512<float> dy) => y * (Vector512<float>.One - y) * dy;
    }
}
