using System.Runtime.Intrinsics;

namespace DeepLearning;

/// <summary>
/// x·min(max(x + 3, 0), 6) / 6: x·σ(x) in cheap pieces. Its slope is taken as 0 at −3 and as 1 at 3. Howard et al. 2019 (MobileNetV3);
/// Keras: <c>activations.hard_swish</c>, also called <c>hard_silu</c>.
/// </summary>
public sealed class HardSwish : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(default, x);

    private readonly struct Formula : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x)
            => x * (Vector512.Min(Vector512.Max(x + Vector512.Create(3f), Vector512<float>.Zero), Vector512.Create(6f)) / 6f);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
        {
            Vector512<float> three = Vector512.Create(3f), slope = (x + x + three) / 6f;
            slope = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, -three), Vector512<float>.Zero, slope);
            return dy * Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, three), Vector512<float>.One, slope);
        }
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("HardSwish", static () => new HardSwish());
}
