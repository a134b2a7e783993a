namespace DeepLearning;

/// <summary>The hyperbolic tangent (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).</summary>
public sealed class Tanh : Activation
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Tanh();
    }
}
