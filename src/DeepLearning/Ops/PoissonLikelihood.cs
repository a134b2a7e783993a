using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Negative log-likelihood of a count t under a Poisson distribution, without the constant log t!: of its rate p, p − t·log(p + ε), dp = 1 − t/(p + ε); of the
/// logarithm x of its rate, eˣ − t·x, dx = eˣ − t.
/// </summary>
internal static class PoissonLikelihood
{
    /// <param name="rates">p ≥ 0, any shape.</param>
    /// <param name="targets">Counts; of the same shape.</param>
    public static Tensor OfRates(Tensor rates, Tensor targets) => BinaryOp<Rates>.Apply(rates, targets);

    /// <param name="logs">Logarithms of the rates, any shape.</param>
    /// <param name="targets">Counts; of the same shape.</param>
    public static Tensor OfLogarithms(Tensor logs, Tensor targets) => BinaryOp<Logarithms>.Apply(logs, targets);

    private readonly struct Rates : IBinaryFormula
    {
        /// <summary>Keras's epsilon.</summary>
        private const float Epsilon = 1e-7f;

        public Vector512<float> Invoke(Vector512<float> p, Vector512<float> t) => p - t * Log(p);

        public Vector512<float> BackwardX(Vector512<float> p, Vector512<float> t, Vector512<float> dz)
            => (Vector512<float>.One - t / (p + Vector512.Create(Epsilon))) * dz;

        public Vector512<float> BackwardY(Vector512<float> p, Vector512<float> t, Vector512<float> dz) => -Log(p) * dz;

        private static Vector512<float> Log(Vector512<float> p) => VectorMath.Log(p + Vector512.Create(Epsilon));
    }

    private readonly struct Logarithms : IBinaryFormula
    {
        public Vector512<float> Invoke(Vector512<float> x, Vector512<float> t) => VectorMath.Exp(x) - VectorMath.ZeroWins(t * x, t);

        public Vector512<float> BackwardX(Vector512<float> x, Vector512<float> t, Vector512<float> dz) => (VectorMath.Exp(x) - t) * dz;

        public Vector512<float> BackwardY(Vector512<float> x, Vector512<float> t, Vector512<float> dz) => -x * dz;
    }
}
