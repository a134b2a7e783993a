using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>log(1 + eˣ), computed as max(x, 0) + log(1 + e^−|x|): a smooth max(0, x), finite for any finite x. Keras: <c>activations.softplus</c>.</summary>
public sealed class Softplus : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(default, x);

    private readonly struct Formula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x)
            => Vector512.Max(x, Vector512<float>.Zero) + VectorMath.Log1p(VectorMath.Exp(-Vector512.Abs(x)));

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy) => dy * VectorMath.Sigmoid(x);
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Softplus", static () => new Softplus());
}
