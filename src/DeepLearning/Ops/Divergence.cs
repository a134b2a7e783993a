using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// One class's term of a Kullback–Leibler divergence, from the logarithm l of its probability: t·(log t − l), and 0 where t is 0, even where l is −∞; dl = −t,
/// dt = log t + 1 − l.
/// </summary>
internal static class Divergence
{
    /// <param name="logs">Logarithms of probabilities, any shape.</param>
    /// <param name="targets">Probabilities; of the same shape.</param>
    public static Tensor Apply(Tensor logs, Tensor targets) => BinaryOp<Formula>.Apply(logs, targets);

    private readonly struct Formula : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> l, Vector512<float> t) => VectorMath.ZeroWins(t * (VectorMath.Log(t) - l), t);

        public Vector512<float> BackwardX(Vector512<float> l, Vector512<float> t, Vector512<float> dz) => -t * dz;

        public Vector512<float> BackwardY(Vector512<float> l, Vector512<float> t, Vector512<float> dz)
            => (VectorMath.Log(t) + Vector512<float>.One - l) * dz;
    }
}
