using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Dropout for <see cref="Selu"/> networks: dropped values become SELU's lower limit, −1.758, and all are scaled and shifted to preserve mean 0 and variance 1.
/// The identity in inference. Keeps the shape [batch, …]. Klambauer et al. 2017. Keras: <c>layers.AlphaDropout</c>.
/// </summary>
/// <param name="rate">The fraction dropped, in [0, 1).</param>
public sealed class AlphaDropout(double rate) : Layer
{
    /// <summary>−λ·α of SELU: its value far below 0.</summary>
    private const double Dropped = -1.7580993408473766;

    /// <summary>The fraction that is dropped.</summary>
    public double Rate { get; } = Setting.Share(rate, nameof(rate));

    internal override bool IsRandom => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!context.Stochastic || (float)Rate == 0f) return x;
        double scale = 1 / Math.Sqrt((1 - Rate) * (1 + (Rate * Dropped * Dropped)));
        // 0 for dropped values, 1 / (1 − rate) for the rest.
        Tensor mask = Tensor.Allocate(x.Owner, x.Shape);
        context.Random.FillMask(mask.AsSpan(), (float)Rate);
        return (x - Dropped) * (mask * (scale * (1 - Rate))) + scale * Dropped * (1 - Rate);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"AlphaDropout({Rate:0.###})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } =
        LayerKind.Of<AlphaDropout>("AlphaDropout", static (d, s) => s.Set("rate", d.Rate), static s => new(s.GetDouble("rate")));
}
