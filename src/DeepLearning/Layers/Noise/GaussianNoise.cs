using System.Globalization;

namespace DeepLearning;

/// <summary>
/// x + noise in training, with noise from N(0, σ²); the identity in inference. Keeps the shape [batch, …]. Data that differs slightly each time is harder to
/// memorize. Keras: <c>layers.GaussianNoise</c>.
/// </summary>
/// <param name="standardDeviation">σ, ≥ 0.</param>
public sealed class GaussianNoise(double standardDeviation) : Layer
{
    /// <summary>σ of the noise.</summary>
    public double StandardDeviation { get; } = Setting.NotNegative(standardDeviation, nameof(standardDeviation));

    internal override bool IsRandom => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!context.Stochastic || (float)StandardDeviation == 0f) return x;
        Tensor noise = Tensor.Allocate(x.Owner, x.Shape);
        context.Random.FillNormal(noise.AsSpan(), 0, StandardDeviation);
        return x + noise;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GaussianNoise({StandardDeviation})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<GaussianNoise>(
        "GaussianNoise", static (n, s) => s.Set("standard_deviation", n.StandardDeviation), static s => new(s.GetDouble("standard_deviation")));
}
