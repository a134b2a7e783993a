namespace DeepLearning;

/// <summary>
/// x where x > 0, else α·x, with a learned slope α for each value of a sample. [batch, …] stays. Computed as max(0, x) − α·max(0, −x): its slope at 0 is taken
/// to be 0. He et al. 2015. Keras: <c>layers.PReLU</c>, α of zeros; PyTorch's <c>PReLU()</c> is <c>new PRelu(sharedAcross: true)</c>. Weight decay pulls α
/// to 0 like every parameter; the paper has none for it: <c>ExcludeFromWeightDecay = ["alpha"]</c>.
/// </summary>
/// <param name="sharedAcross">Whether one α, 0.25 at first, is the slope of all values; false by default: each has its own, 0 at first.</param>
public sealed class PRelu(bool sharedAcross = false) : Layer
{
    /// <summary>Whether one α is the slope of all values, as in PyTorch; false by default: each value of a sample has its own.</summary>
    public bool SharedAcross { get; } = sharedAcross;

    /// <summary>First values of α, of a sample's shape or [1]; zeros by default, and 0.25 where it is shared.</summary>
    public Initializer AlphaInitializer { get; init; } = new Constant(FirstSlope(sharedAcross));

    /// <summary>The regularizer of α; none by default.</summary>
    public Regularizer? AlphaRegularizer { get; init; }

    /// <summary>The constraint on α, applied after each update; none by default.</summary>
    public Constraint? AlphaConstraint { get; init; }

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new ParameterOptions { Regularizer = AlphaRegularizer, Constraint = AlphaConstraint };
        builder.AddParameter("alpha", SharedAcross ? [1] : input, AlphaInitializer, options);
        return input;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Relu() - (-x).Relu() * context["alpha"];
    }

    /// <inheritdoc/>
    public override string ToString() => SharedAcross ? "PRelu(sharedAcross: true)" : "PRelu()";

    private static double FirstSlope(bool sharedAcross) => sharedAcross ? 0.25 : 0;

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<PRelu>(
        "PRelu",
        static (p, s) => s.Set("shared_across", p.SharedAcross)
            .Set("alpha_initializer", p.AlphaInitializer is Constant { Value: var first } && first == FirstSlope(p.SharedAcross) ? null : p.AlphaInitializer)
            .Set("alpha_regularizer", p.AlphaRegularizer).Set("alpha_constraint", p.AlphaConstraint),
        static s => new(s.GetBoolean("shared_across"))
        {
            AlphaInitializer = s.GetInitializer("alpha_initializer") ?? new Constant(FirstSlope(s.GetBoolean("shared_across"))),
            AlphaRegularizer = s.GetRegularizer("alpha_regularizer"),
            AlphaConstraint = s.GetConstraint("alpha_constraint"),
        }) with
    {
        Foreign = [new("alpha", "weight", Rank: 1, Turn: null)],
    };
}
