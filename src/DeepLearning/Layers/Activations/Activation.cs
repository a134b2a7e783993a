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

    /// <summary>
    /// Whether a layer keeps what leaves it above or below some number. Logits go both ways: from such a layer a logistic function could say yes, or no, but
    /// not either for certain.
    /// </summary>
    internal static bool Bounds(Layer last)
        => last is Sigmoid or HardSigmoid or Softmax or Tanh or Softsign or Relu or Softplus or Exponential or Gelu or Silu or Mish or HardSwish or Elu or Selu;
}
