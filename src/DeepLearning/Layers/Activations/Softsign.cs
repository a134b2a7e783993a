using System.Runtime.Intrinsics;

namespace DeepLearning;

/// <summary>x / (1 + |x|): between −1 and 1 like tanh, but it approaches its limits more slowly. Its slope is 1 / (1 + |x|)². Keras:
/// <c>activations.softsign</c>.</summary>
public sealed class Softsign : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(default, x);

    private readonly struct Formula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => x / (Vector512<float>.One + Vector512.Abs(x));

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
        {
            Vector512<float> bottom = Vector512<float>.One + Vector512.Abs(x);
            return dy / bottom / bottom;
        }
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Softsign", static () => new Softsign());
}
