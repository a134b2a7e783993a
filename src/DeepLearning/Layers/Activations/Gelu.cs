using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Gaussian error linear unit x·Φ(x) = x·½·(1 + erf(x/√2)). Hendrycks and Gimpel 2016; Exact by default, like Keras's <c>activations.gelu</c>.
/// </summary>
/// <param name="approximate">Whether to approximate Φ with tanh, as in the training of GPT-2 and BERT; false by default.</param>
public sealed class Gelu(bool approximate = false) : Activation
{
    /// <summary>Computes ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) instead, as in the training of GPT-2 and BERT; false by default.</summary>
    public bool Approximate { get; init; } = approximate;

    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => Approximate ? UnaryOp<TanhFormula>.Apply(default, x) : UnaryOp<Formula>.Apply(default, x);

    /// <inheritdoc/>
    public override string ToString() => Approximate ? "Gelu(approximate: true)" : "Gelu()";

    private readonly struct Formula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => VectorMath.Gelu(x);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy) => dy * VectorMath.GeluSlope(x);
    }

    private readonly struct TanhFormula : IFormula
    {
        private const float RootTwoOverPi = 0.797884561f, Cubic = 0.044715f;

        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => x * (Vector512<float>.One + Squashed(x)) * 0.5f;

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
        {
            // Beyond ±30 the slope is 0 or 1, and x² would overflow against 1 − t² = 0.
            x = Vector512.Min(Vector512.Max(x, Vector512.Create(-30f)), Vector512.Create(30f));
            Vector512<float> one = Vector512<float>.One, t = Squashed(x), inner = (one + x * x * (3f * Cubic)) * RootTwoOverPi;
            return dy * ((one + t) + x * (one - t * t) * inner) * 0.5f;
        }

        private static Vector512<float> Squashed(Vector512<float> x) => VectorMath.Tanh((x + x * x * x * Cubic) * RootTwoOverPi);
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Gelu>(
        "Gelu", static (g, s) => s.Set("approximate", g.Approximate), static s => new(s.GetBoolean("approximate")));
}
