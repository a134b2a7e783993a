using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// One class's term of a categorical focal loss, from the logarithm l ≤ 0 of its probability: −α·t·wᵞ·l with w = 1 − eˡ, and 0 where t is 0, even where l is
/// −∞. w comes from expm1, so that subtracting from 1 loses no digits.
/// </summary>
internal static class CategoricalFocal
{
    /// <param name="logs">Logarithms of probabilities, any shape.</param>
    /// <param name="targets">Shares of the classes; of the same shape.</param>
    /// <param name="gamma">The exponent γ, ≥ 0.</param>
    /// <param name="alpha">The factor α.</param>
    public static Tensor Apply(Tensor logs, Tensor targets, float gamma, float alpha) => BinaryOp<Formula>.Apply(logs, targets, new Formula(gamma, alpha));

    private readonly struct Formula(float gamma, float alpha) : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> l, Vector512<float> t) => VectorMath.ZeroWins(t * OfOne(l), t);

        /// <summary>−α·t·wᵞ·(1 − γ·eˡ·l/w); l/w is −1 at l = 0, and eˡ·l is 0 at −∞.</summary>
        public Vector512<float> BackwardX(Vector512<float> l, Vector512<float> t, Vector512<float> dz)
        {
            Vector512<float> wrong = Wrong(l), p = VectorMath.Exp(l);
            Vector512<float> ratio = Vector512.ConditionalSelect(Vector512.Equals(wrong, Vector512<float>.Zero), Vector512.Create(-1f), l / wrong);
            Vector512<float> slope = Vector512<float>.One - VectorMath.ZeroWins(p * ratio, p) * gamma;
            return VectorMath.ZeroWins(t * -alpha * VectorMath.Pow(wrong, gamma) * slope, t) * dz;
        }

        public Vector512<float> BackwardY(Vector512<float> l, Vector512<float> t, Vector512<float> dz) => OfOne(l) * dz;

        private Vector512<float> OfOne(Vector512<float> l) => l * -alpha * VectorMath.Pow(Wrong(l), gamma);

        private static Vector512<float> Wrong(Vector512<float> l) => -VectorMath.Expm1(l);
    }
}
