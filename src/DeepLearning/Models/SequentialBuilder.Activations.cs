namespace DeepLearning;

public sealed partial class SequentialBuilder
{
    /// <summary>Appends max(0, x).</summary>
    public SequentialBuilder Relu() => Add(new Relu());

    /// <summary>Appends 1 / (1 + e⁻ˣ).</summary>
    public SequentialBuilder Sigmoid() => Add(new Sigmoid());

    /// <summary>Appends the hyperbolic tangent.</summary>
    public SequentialBuilder Tanh() => Add(new Tanh());

    /// <summary>Appends x·σ(x).</summary>
    public SequentialBuilder Silu() => Add(new Silu());

    /// <summary>Appends probabilities over the last dimension.</summary>
    public SequentialBuilder Softmax() => Add(new Softmax());
}
