using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>x·tanh(log(1 + eˣ)). Misra 2019; Keras: <c>activations.mish</c>.</summary>
public sealed class Mish : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(default, x);

    private readonly struct Formula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => x * Gate(x);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
        {
            Vector512<float> t = Gate(x);
            return dy * (t + x * VectorMath.Sigmoid(x) * (Vector512<float>.One - t * t));
        }

        /// <summary>tanh(softplus(x)).</summary>
        private static Vector512<float> Gate(Vector512<float> x)
            => VectorMath.Tanh(Vector512.Max(x, Vector512<float>.Zero) + VectorMath.Log1p(VectorMath.Exp(-Vector512.Abs(x))));
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Mish", static () => new Mish());
}
