using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>Sigmoid linear unit x·σ(x), also called swish. Elfwing et al. 2017; Keras: <c>activations.silu</c>.</summary>
public sealed class Silu : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(default, x);

    private readonly struct Formula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => x * VectorMath.Sigmoid(x);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
        {
            Vector512<float> s = VectorMath.Sigmoid(x);
            return dy * s * (Vector512<float>.One + x * (Vector512<float>.One - s));
        }
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Silu", static () => new Silu());
}
