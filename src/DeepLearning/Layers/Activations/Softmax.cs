namespace DeepLearning;

/// <summary>
/// Probabilities e^xᵢ / Σ e^xⱼ over the last dimension, [batch, …, classes]. As the last layer before categorical cross-entropy it is fused with it:
/// the loss is computed from the logits.
/// </summary>
public sealed class Softmax : Activation
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Softmax();
    }
}
