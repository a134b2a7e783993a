namespace DeepLearning;

public abstract partial class LayerChain<TSelf>
{
    /// <summary>Appends max(0, x).</summary>
    public TSelf Relu() => Add(new Relu());

    /// <summary>Appends 1 / (1 + e⁻ˣ).</summary>
    public TSelf Sigmoid() => Add(new Sigmoid());

    /// <summary>Appends the hyperbolic tangent.</summary>
    public TSelf Tanh() => Add(new Tanh());

    /// <summary>Appends x·σ(x).</summary>
    public TSelf Silu() => Add(new Silu());

    /// <summary>Appends probabilities over the last dimension, or over another.</summary>
    /// <param name="axis">The dimension that sums to 1, counted from the end; −1, the last, by default.</param>
    public TSelf Softmax(int axis = -1) => Add(new Softmax(axis));

    /// <summary>Appends log-probabilities over the last dimension, or over another.</summary>
    /// <param name="axis">The dimension, counted from the end; −1, the last, by default.</param>
    public TSelf LogSoftmax(int axis = -1) => Add(new LogSoftmax(axis));

    /// <summary>Appends a·σ(b) of the two halves of a dimension.</summary>
    /// <param name="axis">The dimension, counted from the end; −1, the last, by default.</param>
    public TSelf Glu(int axis = -1) => Add(new Glu(axis));

    /// <summary>Appends x where x > 0, else slope·x.</summary>
    /// <param name="negativeSlope">The slope below 0, finite and ≥ 0; 0.3 by default.</param>
    public TSelf LeakyRelu(double negativeSlope = 0.3) => Add(new LeakyRelu(negativeSlope));

    /// <summary>Appends x where x > 0, else α·(eˣ − 1).</summary>
    /// <param name="alpha">−α is the limit for large negative x; 1 by default.</param>
    public TSelf Elu(double alpha = 1) => Add(new Elu(alpha));

    /// <summary>Appends the self-normalising form of <see cref="Elu"/>.</summary>
    public TSelf Selu() => Add(new Selu());

    /// <summary>Appends x·Φ(x).</summary>
    /// <param name="approximate">Whether to approximate Φ with tanh, as in the training of GPT-2 and BERT; false by default.</param>
    public TSelf Gelu(bool approximate = false) => Add(new Gelu(approximate));

    /// <summary>Appends log(1 + eˣ).</summary>
    public TSelf Softplus() => Add(new Softplus());

    /// <summary>Appends x / (1 + |x|).</summary>
    public TSelf Softsign() => Add(new Softsign());

    /// <summary>Appends min(max(x + 3, 0), 6) / 6.</summary>
    public TSelf HardSigmoid() => Add(new HardSigmoid());

    /// <summary>Appends x·min(max(x + 3, 0), 6) / 6.</summary>
    public TSelf HardSwish() => Add(new HardSwish());

    /// <summary>Appends x·tanh(log(1 + eˣ)).</summary>
    public TSelf Mish() => Add(new Mish());

    /// <summary>Appends eˣ.</summary>
    public TSelf Exponential() => Add(new Exponential());
}
