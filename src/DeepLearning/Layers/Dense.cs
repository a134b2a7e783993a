using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Fully connected: y = x·W + b over the last dimension. [batch, …, inputs] gives [batch, …, units]. One unit with a sigmoid is the perceptron.
/// Keras: <c>layers.Dense</c> with its defaults (GlorotUniform kernel, zero bias); PyTorch's Linear stores W transposed and draws both from ±1/√inputs.
/// </summary>
public sealed class Dense : Layer
{
    /// <summary>A layer with this many outputs.</summary>
    /// <param name="units">Number of outputs, ≥ 1.</param>
    /// <param name="kernelInitializer">Initial values of the kernel W [inputs, units]; <see cref="GlorotUniform"/> by default.</param>
    /// <param name="useBias">Whether a bias is added; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one unit.</exception>
    public Dense(int units, Initializer? kernelInitializer = null, bool useBias = true)
    {
        if (units < 1) throw new ArgumentOutOfRangeException(nameof(units), units, $"Dense needs at least 1 unit, got {units}.");
        (Units, UseBias) = (units, useBias);
        if (kernelInitializer is not null) KernelInitializer = kernelInitializer;
    }

    /// <summary>Number of outputs.</summary>
    public int Units { get; }

    /// <summary>Whether a bias is added; true by default.</summary>
    public bool UseBias { get; init; }

    /// <summary>Initial values of the kernel W [inputs, units]; <see cref="GlorotUniform"/> by default.</summary>
    public Initializer KernelInitializer { get; init; } = new GlorotUniform();

    /// <summary>Initial values of the bias b [units]; zeros by default.</summary>
    public Initializer BiasInitializer { get; init; } = Constant.Zeros;

    /// <summary>The regularizer of the kernel; none by default.</summary>
    public Regularizer? KernelRegularizer { get; init; }

    /// <summary>The regularizer of the bias; none by default.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>The constraint on the kernel, applied after each update; none by default.</summary>
    public Constraint? KernelConstraint { get; init; }

    /// <summary>The constraint on the bias, applied after each update; none by default.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (input.Rank == 0) throw new ShapeMismatchException("expects [batch, …, inputs] but a sample here is a single number; begin with Sequential.Input(1)");
        builder.AddParameter("kernel", [input[-1], Units], KernelInitializer, Options(KernelRegularizer, KernelConstraint));
        if (UseBias) builder.AddParameter("bias", [Units], BiasInitializer, Options(BiasRegularizer, BiasConstraint));
        return [.. input.Dimensions[..^1], Units];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, LayerContext context)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Linear.Apply(x, context["kernel"], UseBias ? context["bias"] : null);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Dense({Units}{(UseBias ? "" : ", useBias: false")})");

    private static ParameterOptions? Options(Regularizer? regularizer, Constraint? constraint)
        => regularizer is null && constraint is null ? null : new ParameterOptions { Regularizer = regularizer, Constraint = constraint };

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Dense>(
        "Dense",
        static (d, s) => s.Set("units", d.Units).Set("use_bias", d.UseBias)
            .Set("kernel_initializer", d.KernelInitializer is GlorotUniform ? null : d.KernelInitializer)
            .Set("bias_initializer", d.BiasInitializer is Constant { Value: 0 } ? null : d.BiasInitializer)
            .Set("kernel_regularizer", d.KernelRegularizer).Set("bias_regularizer", d.BiasRegularizer)
            .Set("kernel_constraint", d.KernelConstraint).Set("bias_constraint", d.BiasConstraint),
        static s => new(s.GetInt32("units"), s.GetInitializer("kernel_initializer"), s.GetBoolean("use_bias"))
        {
            BiasInitializer = s.GetInitializer("bias_initializer") ?? Constant.Zeros,
            KernelRegularizer = s.GetRegularizer("kernel_regularizer"),
            BiasRegularizer = s.GetRegularizer("bias_regularizer"),
            KernelConstraint = s.GetConstraint("kernel_constraint"),
            BiasConstraint = s.GetConstraint("bias_constraint"),
        }) with
    { Foreign = [ForeignParameter.LinearWeight("kernel")] };
}
