using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Negative log-likelihood of an error e under a normal distribution with the logarithm s of its variance, without the constant ½·log 2π: ½·(s + e²·e^−s), s
/// clipped to a minimum; de = e·e^−s, ds = ½·(1 − e²·e^−s). Below the minimum, the gradient is that at the minimum, as in PyTorch, so that a variance can
/// recover.
/// </summary>
internal static class GaussianLikelihood
{
    /// <param name="errors">Mean − target, any shape.</param>
    /// <param name="logVariances">s; of the same shape.</param>
    /// <param name="least">The minimum s.</param>
    public static Tensor Apply(Tensor errors, Tensor logVariances, float least) => BinaryOp<Formula>.Apply(errors, logVariances, new Formula(least));

    private readonly struct Formula(float least) : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> e, Vector512<float> s)
        {
            Vector512<float> kept = Kept(s), scaled = Scaled(e, kept);
            return (kept + scaled * scaled) * 0.5f;
        }

        public Vector512<float> BackwardX(Vector512<float> e, Vector512<float> s, Vector512<float> dz) => e * VectorMath.Exp(-Kept(s)) * dz;

        public Vector512<float> BackwardY(Vector512<float> e, Vector512<float> s, Vector512<float> dz)
        {
            Vector512<float> scaled = Scaled(e, Kept(s));
            return (Vector512<float>.One - scaled * scaled) * 0.5f * dz;
        }

        private Vector512<float> Kept(Vector512<float> s) => Vector512.Max(s, Vector512.Create(least));

        /// <summary>The error in standard deviations: e² alone could overflow.</summary>
        private static Vector512<float> Scaled(Vector512<float> e, Vector512<float> s) => e * VectorMath.Exp(s * -0.5f);
    }
}
