using System.Globalization;

namespace DeepLearning;

/// <summary>
/// y = γ·(x − mean) / √(variance + ε) + β for each feature of the last dimension. Keeps the shape [batch, …, features]. In training, mean and variance are
/// those of the batch, over all other dimensions; in inference, and while the layer is frozen, moving averages of them:
/// moving = momentum·moving + (1 − momentum)·batch. Ioffe and Szegedy 2015. Keras: <c>layers.BatchNormalization</c> with its defaults. PyTorch:
/// <c>BatchNorm1d</c>, whose momentum is 1 − this one (0.1), whose ε is 1e-5, and whose moving variance is unbiased.
/// A batch of one row has a variance of 0 and yields β.
/// </summary>
public sealed class BatchNormalization : Layer
{
    /// <summary>A batch normalization with Keras's defaults.</summary>
    /// <param name="momentum">The fraction of the moving averages that a step keeps, in [0, 1); 0.99 by default.</param>
    /// <param name="epsilon">ε, added to the variance, > 0; 1e-3 by default.</param>
    /// <param name="center">Whether β is added; true by default.</param>
    /// <param name="scale">Whether to multiply by γ; true by default. A following Dense layer can learn the same factor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is not in [0, 1), or ε is not positive and finite.</exception>
    public BatchNormalization(double momentum = 0.99, double epsilon = 1e-3, bool center = true, bool scale = true)
        => (Momentum, Epsilon, Center, Scale) = (Setting.Share(momentum, nameof(momentum)), Setting.Positive(epsilon, nameof(epsilon)), center, scale);

    /// <summary>The fraction of the moving averages that a step keeps, in [0, 1); 0.99 by default.</summary>
    public double Momentum { get; }

    /// <summary>ε, added to the variance; 1e-3 by default.</summary>
    public double Epsilon { get; }

    /// <summary>Whether β is added; true by default.</summary>
    public bool Center { get; }

    /// <summary>Whether to multiply by γ; true by default.</summary>
    public bool Scale { get; }

    /// <summary>Initial values of γ [features]; ones by default.</summary>
    public Initializer GammaInitializer { get; init; } = Constant.Ones;

    /// <summary>Initial values of β [features]; zeros by default.</summary>
    public Initializer BetaInitializer { get; init; } = Constant.Zeros;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Shape features = Features.Of(input);
        if (Scale) builder.AddParameter("gamma", features, GammaInitializer);
        if (Center) builder.AddParameter("beta", features, BetaInitializer);
        builder.AddState("moving_mean", features, Constant.Zeros);
        builder.AddState("moving_variance", features, Constant.Ones);
        return input;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor? gamma = Scale ? context["gamma"] : null, beta = Center ? context["beta"] : null;
        Tensor movingMean = context.State("moving_mean"), movingVariance = context.State("moving_variance");
        if (!context.Training || context.Frozen) return BatchNormalize.Apply(x, gamma, beta, movingMean, movingVariance, Epsilon, ofBatch: false);
        (Tensor mean, Tensor variance) = BatchNormalize.Moments(x);
        context.Update("moving_mean", mean + (movingMean - mean) * Momentum);
        context.Update("moving_variance", variance + (movingVariance - variance) * Momentum);
        return BatchNormalize.Apply(x, gamma, beta, mean, variance, Epsilon, ofBatch: true);
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"BatchNormalization({Momentum}, {Epsilon}{(Center ? "" : ", center: false")}{(Scale ? "" : ", scale: false")})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<BatchNormalization>(
        "BatchNormalization",
        static (n, s) => s.Set("momentum", n.Momentum).Set("epsilon", n.Epsilon).Set("center", n.Center).Set("scale", n.Scale)
            .Set("gamma_initializer", n.GammaInitializer is Constant { Value: 1 } ? null : n.GammaInitializer)
            .Set("beta_initializer", n.BetaInitializer is Constant { Value: 0 } ? null : n.BetaInitializer),
        static s => new(s.GetDouble("momentum"), s.GetDouble("epsilon"), s.GetBoolean("center"), s.GetBoolean("scale"))
        {
            GammaInitializer = s.GetInitializer("gamma_initializer") ?? Constant.Ones,
            BetaInitializer = s.GetInitializer("beta_initializer") ?? Constant.Zeros,
        }) with
    {
        Foreign =
        [
            new("gamma", "weight", Rank: 1, Turn: null), new("beta", "bias", Rank: 1, Turn: null),
            new("moving_mean", "running_mean", Rank: 1, Turn: null), new("moving_variance", "running_var", Rank: 1, Turn: null),
        ],
        ForeignOnly = ["num_batches_tracked"],
    };
}
