namespace DeepLearning;

/// <summary>
/// Probabilities e^xᵢ / Σ e^xⱼ over the last dimension, [batch, …, classes]. As the last layer, it is fused with categorical cross-entropy:
/// the loss is computed from the logits.
/// </summary>
public sealed class Softmax : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.Probabilities;

    internal override bool TakesLogits => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeMismatchException">A sample is a single number: the last dimension would be the batch.</exception>
    public override Shape Build(Shape input, LayerBuilder builder)
        => input.Rank > 0
            ? input
            : throw new ShapeMismatchException(
                "expects [batch, …, classes] but a sample here is a single number: the sum would go over the rows of the batch; for yes or no use Sigmoid()");

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Softmax();
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("Softmax", static () => new Softmax());
}
