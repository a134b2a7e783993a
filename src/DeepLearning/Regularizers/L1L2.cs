using System.Globalization;

namespace DeepLearning;

/// <summary>l1·Σ|w| + l2·Σw²: both combined. Keras: <c>regularizers.L1L2</c>, with its defaults of 0.</summary>
/// <param name="l1">The factor before Σ|w|, ≥ 0; 0 by default.</param>
/// <param name="l2">The factor before Σw², ≥ 0; 0 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
public sealed class L1L2(double l1 = 0, double l2 = 0) : Regularizer
{
    /// <summary>The factor before Σ|w|; 0 by default.</summary>
    public double L1 { get; } = Setting.NotNegative(l1, nameof(l1));

    /// <summary>The factor before Σw²; 0 by default.</summary>
    public double L2 { get; } = Setting.NotNegative(l2, nameof(l2));

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Abs().Sum() * L1 + parameter.Square().Sum() * L2;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"L1L2(l1: {L1}, l2: {L2})");

    /// <summary>How it appears in files.</summary>
    internal static PartKind Definition { get; } = PartKind.Of<L1L2>(
        "L1L2", static (both, s) => s.Set("l1", both.L1).Set("l2", both.L2), static s => new(s.GetDouble("l1"), s.GetDouble("l2")));
}
