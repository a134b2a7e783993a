using System.Globalization;
using System.Runtime.Intrinsics;

namespace DeepLearning;

/// <summary>
/// x where x > 0, else slope·x. Its slope at 0 is the negative side's. Maas et al. 2013. Keras: <c>layers.LeakyReLU</c>, slope 0.3
/// (PyTorch: 0.01; Keras's function <c>activations.leaky_relu</c>: 0.2).
/// </summary>
/// <param name="negativeSlope">The slope below 0, finite and ≥ 0; 0.3 by default.</param>
public sealed class LeakyRelu(double negativeSlope = 0.3) : Activation
{
    /// <summary>The slope below 0, finite and ≥ 0; 0.3 by default.</summary>
    public double NegativeSlope { get; init => field = Setting.NotNegative(value); } = Setting.NotNegative(negativeSlope, nameof(negativeSlope));

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(new Formula((float)NegativeSlope), x);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LeakyRelu({NegativeSlope:0.###})");

    private readonly struct Formula(float slope) : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, x * slope);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
            => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), dy, dy * slope);
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<LeakyRelu>(
        "LeakyRelu", static (l, s) => s.Set("negative_slope", l.NegativeSlope), static s => new(s.GetDouble("negative_slope")));
}
