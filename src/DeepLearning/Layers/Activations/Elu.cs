using System.Globalization;
using System.Runtime.Intrinsics;
using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// Exponential linear unit: x where x > 0, else α·(eˣ − 1). Its slope at 0 is α. Clevert, Unterthiner and Hochreiter 2015; Keras: <c>layers.ELU</c>.
/// </summary>
/// <param name="alpha">−α is the limit for large negative x; finite and ≥ 0, 1 by default.</param>
public sealed class Elu(float alpha = 1f) : Activation
{
    /// <summary>−α is the limit for large negative x.</summary>
    public float Alpha { get; } = alpha >= 0f && float.IsFinite(alpha)
        ? alpha
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"Alpha is finite and ≥ 0, got {alpha}.");

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x) => UnaryOp<Formula>.Apply(new Formula(Alpha), x);

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
}
