using System.Globalization;

namespace DeepLearning;

/// <summary>
/// y = x·scale + offset: bytes to [0, 1] is <c>new Rescaling(1 / 255.0)</c>, to [−1, 1] <c>new Rescaling(1 / 127.5, -1)</c>. Keeps the shape [batch, …].
/// Numbers that data is to determine, one a column, are a <see cref="Normalization"/>. Keras: <c>layers.Rescaling</c>.
/// </summary>
/// <param name="scale">What is multiplied by, finite.</param>
/// <param name="offset">What is added then, finite; 0 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
public sealed class Rescaling(double scale, double offset = 0) : Layer
{
    /// <summary>What is multiplied by.</summary>
    public double Scale { get; } = Setting.Finite(scale, nameof(scale));

    /// <summary>What is added then; 0 by default.</summary>
    public double Offset { get; } = Setting.Finite(offset, nameof(offset));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor scaled = x * Scale;
        return (float)Offset == 0f ? scaled : scaled + Offset;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Rescaling({Scale}{(Offset == 0 ? "" : $", {Offset}")})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Rescaling>(
        "Rescaling", static (r, s) => s.Set("scale", r.Scale).Set("offset", r.Offset), static s => new(s.GetDouble("scale"), s.GetDouble("offset")));
}
