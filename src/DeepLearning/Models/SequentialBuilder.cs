namespace DeepLearning;

/// <summary>
/// Composes a <see cref="Sequential"/> model layer by layer, starting with <see cref="Sequential.Input"/>. Building twice gives two models, each with its own
/// parameters.
/// </summary>
public sealed class SequentialBuilder : LayerChain<SequentialBuilder>
{
    private readonly Node input;
    private Node last;

    internal SequentialBuilder(Node input) => this.input = last = input;

    /// <summary>Checks every layer against its input shape and builds the model with initialized parameters.</summary>
    /// <param name="seed">Determines initial parameters, dropout and shuffling: the same seed gives the same bits on every run.</param>
    /// <exception cref="ShapeMismatchException">A layer cannot take the output of the one before it; the message names both.</exception>
    /// <exception cref="InvalidOperationException">There is no layer.</exception>
    public Sequential Build(Seed seed = default)
    {
        if (last == input) throw new InvalidOperationException("A model needs at least one layer.");
        return new Sequential(ModelAssembly.Of([input], [last]), seed.Value);
    }

    private protected override SequentialBuilder Then(Func<Node, Node> step)
    {
        last = Branch(step, last);
        return this;
    }
}
