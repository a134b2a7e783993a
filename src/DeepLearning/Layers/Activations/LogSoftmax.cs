namespace DeepLearning;

/// <summary>
/// Log-probabilities x − log Σ e^xⱼ over the last dimension, [batch, …, classes]; finite for any finite x. Keras: <c>activations.log_softmax</c>.
/// Before a cross-entropy use <see cref="Softmax"/>, which is fused with it.
/// </summary>
public sealed class LogSoftmax : Activation
{
    /// <inheritdoc/>
    public override OutputMeaning OutputMeaning => OutputMeaning.LogProbabilities;

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
        return x.LogSoftmax();
    }

    /// <summary>How it appears in files and in foreign weights.</summary>
    internal static LayerKind Definition { get; } = LayerKind.Of("LogSoftmax", static () => new LogSoftmax());
}
