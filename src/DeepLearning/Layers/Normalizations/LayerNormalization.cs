using System.Globalization;

namespace DeepLearning;

/// <summary>
/// y = γ·(x − mean) / √(variance + ε) + β with mean and variance over each sample's last dimensions: over each position's features by default. Keeps the shape
/// [batch, …]. The same in training and inference. Ba et al. 2016. Keras: <c>layers.LayerNormalization</c> with its defaults; PyTorch: <c>LayerNorm</c>, whose
/// ε is 1e-5.
/// </summary>
public sealed class LayerNormalization : Layer
{
    /// <summary>A layer normalization with Keras's defaults.</summary>
    /// <param name="epsilon">ε, added to the variance, > 0; 1e-3 by default.</param>
    /// <param name="axis">
    /// The first of the normalized dimensions, counted from the end; all later ones are included. −1, the last alone, by default. PyTorch's
    /// <c>LayerNorm([h, w])</c> is −2.
    /// </param>
    /// <param name="center">Whether β is added; true by default.</param>
    /// <param name="scale">Whether to multiply by γ; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not positive and finite, or the axis is not negative.</exception>
    public LayerNormalization(double epsilon = 1e-3, int axis = -1, bool center = true, bool scale = true)
    {
        if (axis >= 0) throw new ArgumentOutOfRangeException(nameof(axis), axis, $"The axis is counted from the end: −1 is the last. Got {axis}.");
        (Epsilon, Axis, Center, Scale) = (Setting.Positive(epsilon, nameof(epsilon)), axis, center, scale);
    }

    /// <summary>ε, added to the variance; 1e-3 by default.</summary>
    public double Epsilon { get; }

    /// <summary>The first of the normalized dimensions, counted from the end; −1 by default.</summary>
    public int Axis { get; }

    /// <summary>Whether β is added; true by default.</summary>
    public bool Center { get; }

    /// <summary>Whether to multiply by γ; true by default.</summary>
    public bool Scale { get; }

    /// <summary>Initial values of γ, in the shape of the normalized dimensions; ones by default.</summary>
    public Initializer GammaInitializer { get; init; } = Constant.Ones;

    /// <summary>Initial values of β, in the same shape; zeros by default.</summary>
    public Initializer BetaInitializer { get; init; } = Constant.Zeros;

    /// <summary>Without γ, none of n values exceeds √n: they cannot be logits.</summary>
    public override OutputMeaning OutputMeaning => Scale ? OutputMeaning.Values : OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (input.Rank < -Axis)
            throw new ShapeMismatchException($"normalizes the last {-Axis} dimensions, but a sample has the shape {input}");
        Shape shared = new(input.Dimensions[^-Axis..]);
        if (Scale) builder.AddParameter("gamma", shared, GammaInitializer);
        if (Center) builder.AddParameter("beta", shared, BetaInitializer);
        return input;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        int columns = Broadcast.Product(x.Shape.Dimensions[^-Axis..]);
        return LayerNormalize.Apply(x, Scale ? context["gamma"] : null, Center ? context["beta"] : null, columns, Epsilon, centred: true);
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture,
            $"LayerNormalization({Epsilon}{(Axis == -1 ? "" : $", axis: {Axis}")}{(Center ? "" : ", center: false")}{(Scale ? "" : ", scale: false")})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<LayerNormalization>(
        "LayerNormalization",
        static (n, s) => s.Set("epsilon", n.Epsilon).Set("axis", n.Axis).Set("center", n.Center).Set("scale", n.Scale)
            .Set("gamma_initializer", n.GammaInitializer is Constant { Value: 1 } ? null : n.GammaInitializer)
            .Set("beta_initializer", n.BetaInitializer is Constant { Value: 0 } ? null : n.BetaInitializer),
        static s => new(s.GetDouble("epsilon"), s.GetInt32("axis"), s.GetBoolean("center"), s.GetBoolean("scale"))
        {
            GammaInitializer = s.GetInitializer("gamma_initializer") ?? Constant.Ones,
            BetaInitializer = s.GetInitializer("beta_initializer") ?? Constant.Zeros,
        }) with
    {
        Foreign = [new("gamma", "weight", Rank: 1, Turn: null), new("beta", "bias", Rank: 1, Turn: null)],
    };
}
