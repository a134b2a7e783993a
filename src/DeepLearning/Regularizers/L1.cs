using System.Globalization;

namespace DeepLearning;

/// <summary>Strength·Σ|w|: drives weights of little use to 0. Its slope at 0 is taken to be 0. Keras: <c>regularizers.L1</c>.</summary>
/// <param name="strength">The factor, ≥ 0; 0.01 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
public sealed class L1(double strength = 0.01) : Regularizer
{
    /// <summary>The factor before Σ|w|; 0.01 by default.</summary>
    public double Strength { get; } = Setting.NotNegative(strength, nameof(strength));

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Abs().Sum() * Strength;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"L1({Strength})");

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<L1>("L1", static (l1, s) => s.Set("strength", l1.Strength), static s => new(s.GetDouble("strength")));
}
