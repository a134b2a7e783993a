using System.Runtime.Intrinsics;

namespace DeepLearning;

/// <summary>
/// min(max(x + 3, 0), 6) / 6: the logistic function in three straight pieces. Its slope at ±3 is taken to be 0. Keras 3: <c>activations.hard_sigmoid</c>,
/// and PyTorch's (Keras 2: 0.2·x + 0.5, clipped).
/// </summary>
public sealed class HardSigmoid : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.UnitInterval;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(default, x);

    private readonly struct Formula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x)
            => Vector512.Min(Vector512.Max(x + Vector512.Create(3f), Vector512<float>.Zero), Vector512.Create(6f)) / 6f;

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
            => Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(3f)), dy / 6f, Vector512<float>.Zero);
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("HardSigmoid", static () => new HardSigmoid());
}
