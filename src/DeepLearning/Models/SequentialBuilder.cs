namespace DeepLearning;

/// <summary>
/// Composes a <see cref="Sequential"/> model, layer after layer; begins with <see cref="Sequential.Input"/>. Building twice gives two models with
/// parameters of their own.
/// </summary>
public sealed class SequentialBuilder : LayerChain<SequentialBuilder>
{
    private readonly Node input;
    private Node last;

    internal SequentialBuilder(Node input) => this.input = last = input;

    /// <summary>Checks every layer against the shape it gets, and makes the model with its first parameters.</summary>
    /// <param name="seed">Decides first parameters, dropout and shuffling: the same seed gives the same bits on every run.</param>
    /// <exception cref="ShapeMismatchException">A layer cannot take what the one before produces; the message names both.</exception>
    /// <exception cref="InvalidOperationException">There is no layer.</exception>
    public Sequential Build(Seed seed = default)
    {
        if (last == input) throw new InvalidOperationException("A model needs at least one layer.");
        return new Sequential(ModelAssembly.Of([input], [last]), seed.Value);
    }

    private protected override SequentialBuilder Then(Func<Node, Node> step)
    {
        last = step(last) ?? throw new InvalidOperationException("A branch returned no node: return what its last layer gives.");
        return this;
    }
}
