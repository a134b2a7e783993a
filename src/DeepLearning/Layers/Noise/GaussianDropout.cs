using System.Globalization;

namespace DeepLearning;

/// <summary>
/// x·noise in training, with noise from N(1, rate / (1 − rate)): dropout without zeros, with the same mean and variance. The identity in inference. Keeps the
/// shape [batch, …]. Srivastava et al. 2014. Keras: <c>layers.GaussianDropout</c>.
/// </summary>
/// <param name="rate">The rate of the equivalent dropout, in [0, 1).</param>
public sealed class GaussianDropout(double rate) : Layer
{
    /// <summary>The rate of the equivalent dropout.</summary>
    public double Rate { get; } = Setting.Share(rate, nameof(rate));

    internal override bool IsRandom => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!context.Stochastic || (float)Rate == 0f) return x;
        Tensor noise = Tensor.Allocate(x.Owner, x.Shape);
        context.Random.FillNormal(noise.AsSpan(), 1, Math.Sqrt(Rate / (1 - Rate)));
        return x * noise;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GaussianDropout({Rate:0.###})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } =
        LayerKind.Of<GaussianDropout>("GaussianDropout", static (d, s) => s.Set("rate", d.Rate), static s => new(s.GetDouble("rate")));
}
