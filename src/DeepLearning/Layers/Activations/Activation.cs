namespace DeepLearning;

/// <summary>A non-linearity without parameters: the shape stays.</summary>
public abstract class Activation : Layer
{
    /// <summary>The function itself, for use outside a model too.</summary>
    /// <param name="x">Any shape.</param>
    /// <returns>A tensor of the same shape.</returns>
    public abstract Tensor Apply(Tensor x);

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x, LayerContext context) => Apply(x);

    /// <summary>Whether what comes in are the logits of the probabilities that go out, so that a cross-entropy can be computed from them.</summary>
    internal virtual bool TakesLogits => false;
}
