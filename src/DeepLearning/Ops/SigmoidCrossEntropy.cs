using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Binary cross-entropy of each element from its logit: max(x, 0) − x·t + log(1 + e^−|x|), finite for any finite logit; dx = σ(x) − t. At ±∞ it is the limit:
/// 0 where the target is the logit's own class, else ∞.
/// </summary>
internal static class SigmoidCrossEntropy
{
    /// <param name="x">Logits, any shape.</param>
    /// <param name="targets">Probabilities of the positive class; x's shape.</param>
    public static Tensor Apply(Tensor x, Tensor targets) => BinaryOp<Formula>.Apply(x, targets);

    private readonly struct Formula : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> t) => Value(Vector512.Abs(x), Off(x, t));

        /// <summary>σ(x) − t from σ(−|x|), the probability of the other class, which σ(x) near 1 has rounded away.</summary>
        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> t, Vector512<float> dz)
        {
            Vector512<float> slope = Off(x, t) - VectorMath.Sigmoid(-Vector512.Abs(x));
            return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), slope, -slope) * dz;
        }

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> t, Vector512<float> dz) => -x * dz;
    }

    /// <summary>|x|·off + log(1 + e^−|x|), off the share of the class that the logit speaks against.</summary>
    public static Vector512<float> Value(Vector512<float> size, Vector512<float> off)
        => VectorMath.ZeroWins(size * off, off) + VectorMath.Log1p(VectorMath.Exp(-size));

    /// <summary>The share of the class that the logit speaks against: 1 − t where x > 0, else t.</summary>
    public static Vector512<float> Off(Vector512<float> x, Vector512<float> t)
        => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One - t, t);
}
