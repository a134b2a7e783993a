using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Strength·Σw², without ½: its gradient is 2·strength·w. Keras: <c>regularizers.L2</c>. Under Adam it is not weight decay: <see cref="AdamW"/> is.
/// </summary>
/// <param name="strength">The factor, ≥ 0; 0.01 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
public sealed class L2(double strength = 0.01) : Regularizer
{
    /// <summary>The factor before Σw²; 0.01 by default.</summary>
    public double Strength { get; } = Setting.NotNegative(strength, nameof(strength));

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Square().Sum() * Strength;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"L2({Strength})");

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<L2>("L2", static (l2, s) => s.Set("strength", l2.Strength), static s => new(s.GetDouble("strength")));
}
