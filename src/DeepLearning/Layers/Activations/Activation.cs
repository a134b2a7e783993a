namespace DeepLearning;

/// <summary>A non-linearity without parameters; it keeps the shape.</summary>
public abstract class Activation : Layer
{
    /// <summary>The function itself, also for use outside a model.</summary>
    /// <param name="x">Any shape.</param>
    /// <returns>A tensor of the same shape.</returns>
    public abstract Tensor Apply(Tensor x);

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x, LayerContext context) => Apply(x);

    /// <summary>Whether its inputs are the logits of its output probabilities, so that a cross-entropy can be computed from them.</summary>
    internal virtual bool TakesLogits => false;
}
