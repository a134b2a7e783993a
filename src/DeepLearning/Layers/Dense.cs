using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Fully connected: y = x·W + b over the last dimension. [batch, …, inputs] gives [batch, …, units]. One unit with a sigmoid is the perceptron.
/// Keras: <c>layers.Dense</c> with its defaults (GlorotUniform kernel, zero bias); PyTorch's Linear stores W transposed and draws both from ±1/√inputs.
/// </summary>
public sealed class Dense : Layer
{
    /// <summary>A layer of this many outputs.</summary>
    /// <param name="units">Number of outputs, ≥ 1.</param>
    /// <param name="kernelInitializer">First values of the kernel W [inputs, units]; <see cref="GlorotUniform"/> by default.</param>
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

    /// <summary>First values of the kernel W [inputs, units]; <see cref="GlorotUniform"/> by default.</summary>
    public Initializer KernelInitializer { get; init; } = new GlorotUniform();

    /// <summary>First values of the bias b [units]; zeros by default.</summary>
    public Initializer BiasInitializer { get; init; } = Constant.Zeros;

    /// <inheritdoc/>
    public override Shape Build(Shape input, LayerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (input.Rank == 0) throw new ShapeMismatchException("expects [batch, …, inputs] but a sample here is a single number; begin with Sequential.Input(1)");
        builder.AddParameter("kernel", [input[-1], Units], KernelInitializer);
        if (UseBias) builder.AddParameter("bias", [Units], BiasInitializer);
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

    /// <summary>What files and foreign weights say of it.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of<Dense>(
        "Dense", static (d, s) => s.Set("units", d.Units).Set("use_bias", d.UseBias),
        static s => new(s.GetInt32("units"), useBias: s.GetBoolean("use_bias"))) with { Foreign = [ForeignParameter.LinearWeight("kernel")] };
}
