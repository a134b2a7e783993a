namespace DeepLearning;

/// <summary>
/// Log-probabilities x − log Σ e^xⱼ over the last dimension, [batch, …, classes]; finite for any finite x. Keras: <c>activations.log_softmax</c>.
/// Before a cross-entropy use <see cref="Softmax"/>, which is fused with it.
/// </summary>
public sealed class LogSoftmax : Activation
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.LogSoftmax();
    }
}
