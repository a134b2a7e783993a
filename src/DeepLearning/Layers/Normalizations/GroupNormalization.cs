using System.Globalization;

namespace DeepLearning;

/// <summary>
/// y = γ·(x − mean) / √(variance + ε) + β, where a sample's features are split into groups, and a group's mean and variance are over its features at all
/// positions. The shape [batch, …, features] is kept; γ and β have a value for each feature. With as many groups as features, it is instance normalization. The
/// same in training and inference. Wu and He 2018. Keras: <c>layers.GroupNormalization</c> with its defaults; PyTorch: <c>GroupNorm</c>, whose ε is 1e-5 and
/// whose features come first.
/// </summary>
public sealed class GroupNormalization : Layer
{
    // Swaps positions and groups. An array, since unoptimised code would rebuild a span of constants on every use.
    private static readonly int[] GroupsFirst = [0, 2, 1, 3];

    /// <summary>A group normalization with Keras's defaults.</summary>
    /// <param name="groups">Groups of features, ≥ 1 and a divisor of their number; 32 by default.</param>
    /// <param name="epsilon">ε, added to the variance, > 0; 1e-3 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no groups, or ε is not positive and finite.</exception>
    public GroupNormalization(int groups = 32, double epsilon = 1e-3)
    {
        if (groups < 1) throw new ArgumentOutOfRangeException(nameof(groups), groups, $"GroupNormalization needs at least 1 group, got {groups}.");
        (Groups, Epsilon) = (groups, Setting.Positive(epsilon, nameof(epsilon)));
    }

    /// <summary>Groups of features; 32 by default.</summary>
    public int Groups { get; }

    /// <summary>ε, added to the variance; 1e-3 by default.</summary>
    public double Epsilon { get; }

    /// <summary>Initial values of γ [features]; ones by default.</summary>
    public Initializer GammaInitializer { get; init; } = Constant.Ones;

    /// <summary>Initial values of β [features]; zeros by default.</summary>
    public Initializer BetaInitializer { get; init; } = Constant.Zeros;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Shape features = Features.Of(input);
        if (input[-1] % Groups != 0) throw new ShapeMismatchException($"has {Groups} groups, by which {input[-1]} features do not divide");
        builder.AddParameter("gamma", features, GammaInitializer);
        builder.AddParameter("beta", features, BetaInitializer);
        return input;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        int features = x.Shape.Dimensions[^1], positions = Broadcast.Product(x.Shape.Dimensions[1..^1]), each = features / Groups;
        Tensor grouped = x.Reshape(x.Shape.Dimensions[0], positions, Groups, each).Transpose(GroupsFirst);
        Tensor z = LayerNormalize.Apply(grouped, null, null, positions * each, Epsilon, centred: true);
        return z.Transpose(GroupsFirst).Reshape(x.Shape) * context["gamma"] + context["beta"];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GroupNormalization({Groups}, {Epsilon})");

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<GroupNormalization>(
        "GroupNormalization",
        static (n, s) => s.Set("groups", n.Groups).Set("epsilon", n.Epsilon)
            .Set("gamma_initializer", n.GammaInitializer is Constant { Value: 1 } ? null : n.GammaInitializer)
            .Set("beta_initializer", n.BetaInitializer is Constant { Value: 0 } ? null : n.BetaInitializer),
        static s => new(s.GetInt32("groups"), s.GetDouble("epsilon"))
        {
            GammaInitializer = s.GetInitializer("gamma_initializer") ?? Constant.Ones,
            BetaInitializer = s.GetInitializer("beta_initializer") ?? Constant.Zeros,
        }) with
    {
        Foreign = [new("gamma", "weight", Rank: 1, Turn: null), new("beta", "bias", Rank: 1, Turn: null)],
    };
}
