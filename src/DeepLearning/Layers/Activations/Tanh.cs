namespace DeepLearning;

/// <summary>The hyperbolic tangent (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).</summary>
public sealed class Tanh : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Bounded;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Tanh();
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Tanh", static () => new Tanh());
}
