using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Binary cross-entropy of each element from its probability: −t·log p − (1 − t)·log(1 − p), the second logarithm as log1p, which keeps the digits of a small p;
/// dp = (1 − t)/(1 − p) − t/p.
/// </summary>
internal static class ProbabilityCrossEntropy
{
    /// <param name="p">Probabilities of the positive class, not quite 0 or 1; any shape.</param>
    /// <param name="targets">Probabilities of the positive class; p's shape.</param>
    public static Tensor Apply(Tensor p, Tensor targets) => BinaryOp<Formula>.Apply(p, targets);

    private readonly struct Formula : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> p, Vector512<float> t)
            => -(t * VectorMath.Log(p) + (Vector512<float>.One - t) * VectorMath.Log1p(-p));

        public Vector512<float> BackwardX(Vector512<float> p, Vector512<float> t, Vector512<float> dz)
            => ((Vector512<float>.One - t) / (Vector512<float>.One - p) - t / p) * dz;

        public Vector512<float> BackwardY(Vector512<float> p, Vector512<float> t, Vector512<float> dz) => (VectorMath.Log1p(-p) - VectorMath.Log(p)) * dz;
    }
}
