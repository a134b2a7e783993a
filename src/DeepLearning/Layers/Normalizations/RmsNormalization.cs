using System.Globalization;

namespace DeepLearning;

/// <summary>
/// y = γ·x / √(mean of x² + ε) over the last dimension: layer normalization without mean or shift. Keeps the shape [batch, …, features]. Zhang and Sennrich
/// 2019. Keras: <c>layers.RMSNormalization</c> with its defaults; PyTorch: <c>RMSNorm</c>, whose ε is machine epsilon.
/// </summary>
/// <param name="epsilon">ε, added to the mean of squares, > 0; 1e-6 by default.</param>
public sealed class RmsNormalization(double epsilon = 1e-6) : Layer
{
    /// <summary>ε, added to the mean of squares; 1e-6 by default.</summary>
    public double Epsilon { get; } = Setting.Positive(epsilon, nameof(epsilon));

    /// <summary>Initial values of γ [features]; ones by default.</summary>
    public Initializer GammaInitializer { get; init; } = Constant.Ones;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddParameter("gamma", Features.Of(input), GammaInitializer);
        return input;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        return LayerNormalize.Apply(x, context["gamma"], null, x.Shape.Dimensions[^1], Epsilon, centred: false);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RmsNormalization({Epsilon})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<RmsNormalization>(
        "RmsNormalization",
        static (n, s) => s.Set("epsilon", n.Epsilon)
            .Set("gamma_initializer", n.GammaInitializer is Constant { Value: 1 } ? null : n.GammaInitializer),
        static s => new(s.GetDouble("epsilon"))
        {
            GammaInitializer = s.GetInitializer("gamma_initializer") ?? Constant.Ones,
        }) with
    {
        Foreign = [new("gamma", "weight", Rank: 1, Turn: null)],
    };
}
