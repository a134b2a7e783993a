using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Inverted dropout: in training each value is set to 0 with probability <see cref="Rate"/> and the others are scaled by 1/(1 − rate), so that the expected sum
/// is unchanged; in inference it is the identity. The mask is a function of (seed, layer, step, position). Srivastava et al. 2014.
/// </summary>
public sealed class Dropout : Layer
{
    /// <summary>A layer that drops this fraction of its input.</summary>
    /// <param name="rate">The fraction dropped, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public Dropout(double rate) => Rate = Setting.Share(rate, nameof(rate));

    /// <summary>The fraction that is dropped.</summary>
    public double Rate { get; }

    internal override bool IsRandom => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!context.Stochastic || (float)Rate == 0f) return x;
        Tensor mask = Tensor.Allocate(x.Owner, x.Shape);
        context.Random.FillMask(mask.AsSpan(), (float)Rate);
        return x * mask;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Dropout({Rate:0.###})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Dropout>("Dropout", static (d, s) => s.Set("rate", d.Rate), static s => new(s.GetDouble("rate")));
}
