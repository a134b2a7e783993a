namespace DeepLearning;

/// <summary>The logistic function 1 / (1 + e⁻ˣ). As the last layer, it is fused with binary cross-entropy.</summary>
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

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Sigmoid", static () => new Sigmoid());
}
