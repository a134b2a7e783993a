namespace DeepLearning;

/// <summary>The logistic function 1 / (1 + e⁻ˣ). As the last layer before binary cross-entropy it is fused with it.</summary>
public sealed class Sigmoid : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.IndependentProbabilities;

    internal override bool TakesLogits => true;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Sigmoid();
    }

    /// <summary>What files and foreign weights say of it.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Sigmoid", static () => new Sigmoid());
}
