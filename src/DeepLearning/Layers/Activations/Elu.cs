using System.Globalization;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Exponential linear unit: x where x > 0, else α·(eˣ − 1). Its slope at 0 is α. Clevert, Unterthiner and Hochreiter 2015; Keras: <c>layers.ELU</c>.
/// </summary>
/// <param name="alpha">−α is the limit for large negative x; finite and ≥ 0, 1 by default.</param>
public sealed class Elu(double alpha = 1) : Activation
{
    /// <summary>−α is the limit for large negative x; finite and ≥ 0, 1 by default.</summary>
    public double Alpha { get; init => field = Setting.NotNegative(value); } = Setting.NotNegative(alpha, nameof(alpha));

    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(new Formula((float)Alpha), x);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Elu({Alpha:0.###})");

    private readonly struct Formula(float alpha) : IFormula
    {
        public static bool SlopeFromInput => true;

        public Vector512<float> Invoke(Vector512<float> x)
            => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, VectorMath.Expm1(x) * alpha);

        public Vector512<float> Backward(Vector512<float> x, Vector512<float> dy)
            => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), dy, dy * VectorMath.Exp(x) * alpha);
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Elu>("Elu", static (e, s) => s.Set("alpha", e.Alpha), static s => new(s.GetDouble("alpha")));
}
