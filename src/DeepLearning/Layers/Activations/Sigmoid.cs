namespace DeepLearning;

/// <summary>The logistic function 1 / (1 + e⁻ˣ). As the last layer before binary cross-entropy it is fused with it.</summary>
public sealed class Sigmoid : Activation
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Sigmoid();
    }
}
