using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Scaled exponential linear unit: λ·x where x > 0, else λ·α·(eˣ − 1), λ = 1.0507 and α = 1.6733, which drive activations to mean 0 and variance 1;
/// use it with <see cref="LeCunNormal"/> kernels. Its slope at 0 is λ·α. Klambauer et al. 2017; Keras: <c>activations.selu</c>.
/// </summary>
public sealed class Selu : Activation
{
    private const float Lambda = 1.05070098f, LambdaAlpha = 1.75809934f;

    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(default, x);

    private readonly struct Formula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x)
            => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x * Lambda, VectorMath.Expm1(x) * LambdaAlpha);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
            => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), dy * Lambda, dy * VectorMath.Exp(x) * LambdaAlpha);
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Selu", static () => new Selu());
}
