using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Focal loss of each element from its logit: w·qᵞ·L, L the binary cross-entropy, q = t·σ(−x) + (1 − t)·σ(x) the probability given to the wrong class,
/// w = t·α + (1 − t)·(1 − α) or 1. All follow from |x| and s = σ(−|x|), so that nothing is lost by a subtraction from 1; at ±∞ it is the limit.
/// </summary>
internal static class FocalCrossEntropy
{
    /// <param name="x">Logits, any shape.</param>
    /// <param name="targets">Probabilities of the positive class; x's shape.</param>
    /// <param name="gamma">The exponent γ, ≥ 0.</param>
    /// <param name="alpha">The weight α of class 1, or null for none.</param>
    public static Tensor Apply(Tensor x, Tensor targets, float gamma, float? alpha)
        => BinaryOp<Formula>.Apply(x, targets, alpha is { } a ? new Formula(gamma, 2f * a - 1f, 1f - a) : new Formula(gamma, 0f, 1f));

    private readonly struct Formula(float gamma, float weightSlope, float weightOfZero) : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> t)
        {
            var at = new Parts(x, t);
            Vector512<float> factor = Weight(t) * VectorMath.Pow(at.Wrong, gamma);
            return VectorMath.ZeroWins(factor * at.CrossEntropy, factor);
        }

        /// <summary>w·qᵞ·(γ·q′/q·L + L′) with q′ = ±(off − on)·s·(1 − s) and L′ = ±(off − s), + where x > 0.</summary>
        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> t, Vector512<float> dz)
        {
            var at = new Parts(x, t);
            Vector512<float> one = Vector512<float>.One, factor = Weight(t) * VectorMath.Pow(at.Wrong, gamma);
            // s falls faster than L grows: their product is 0 where one is 0 and the other infinite.
            Vector512<float> ofWrong = VectorMath.ZeroWins((at.Off + at.Off - one) * (at.S / at.Wrong) * (one - at.S) * at.CrossEntropy * gamma, at.S);
            Vector512<float> slope = factor * (ofWrong + (at.Off - at.S));
            return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), slope, -slope) * dz;
        }

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> t, Vector512<float> dz)
        {
            var at = new Parts(x, t);
            Vector512<float> one = Vector512<float>.One, power = VectorMath.Pow(at.Wrong, gamma), factor = Weight(t) * power;
            Vector512<float> towards = one - at.S - at.S;
            Vector512<float> signed = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), -towards, towards);
            Vector512<float> ofWrong = VectorMath.ZeroWins(factor * (signed / at.Wrong) * at.CrossEntropy * gamma, factor);
            return (VectorMath.ZeroWins(power * at.CrossEntropy, power) * weightSlope + ofWrong - VectorMath.ZeroWins(factor * x, factor)) * dz;
        }

        private Vector512<float> Weight(Vector512<float> t) => t * weightSlope + Vector512.Create(weightOfZero);
    }

    private readonly struct Parts
    {
        public Parts(Vector512<float> x, Vector512<float> t)
        {
            Vector512<float> size = Vector512.Abs(x);
            Off = SigmoidCrossEntropy.Off(x, t);
            S = VectorMath.Sigmoid(-size);
            Wrong = Off * (Vector512<float>.One - S) + (Vector512<float>.One - Off) * S;
            CrossEntropy = SigmoidCrossEntropy.Value(size, Off);
        }

        /// <summary>The share of the class that the logit speaks against.</summary>
        public Vector512<float> Off { get; }

        /// <summary>σ(−|x|): the probability of the class that the logit speaks against.</summary>
        public Vector512<float> S { get; }

        /// <summary>The probability given to the wrong class.</summary>
        public Vector512<float> Wrong { get; }

        public Vector512<float> CrossEntropy { get; }
    }
}
