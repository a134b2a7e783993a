using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Binary cross-entropy of each element from its logit: max(x, 0) − x·t + log(1 + e^−|x|), finite for any finite logit; dx = σ(x) − t.
/// </summary>
internal static class SigmoidCrossEntropy
{
    /// <param name="x">Logits, any shape.</param>
    /// <param name="targets">Probabilities of the positive class; x's shape.</param>
    public static Tensor Apply(Tensor x, Tensor targets) => BinaryOp<Formula>.Apply(x, targets);

    private readonly struct Formula : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> t)
            => Vector512.Max(x, Vector512<float>.Zero) - x * t + VectorMath.Log1p(VectorMath.Exp(-Vector512.Abs(x)));

        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> t, Vector512<float> dz) => (VectorMath.Sigmoid(x) - t) * dz;

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> t, Vector512<float> dz) => -x * dz;
    }
}
