namespace DeepLearning;

/// <summary>Inputs and outputs of a graph that is to become a model; made by <see cref="Model.Of(IReadOnlyList{Node}, IReadOnlyList{Node})"/>.</summary>
public sealed class ModelBuilder
{
    private readonly Node[] inputs, outputs;

    internal ModelBuilder(IReadOnlyList<Node> inputs, IReadOnlyList<Node> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        foreach (Node node in inputs) ArgumentNullException.ThrowIfNull(node, nameof(inputs));
        foreach (Node node in outputs) ArgumentNullException.ThrowIfNull(node, nameof(outputs));
        if (inputs.Count == 0 || outputs.Count == 0)
            throw new ArgumentException($"A model has one input or more and one output or more, got {inputs.Count} and {outputs.Count}.");
        (this.inputs, this.outputs) = ([.. inputs], [.. outputs]);
    }

    /// <summary>
    /// Checks every layer against the shapes it gets, and makes the model with its first parameters. A layer of another model, as by
    /// <see cref="Model.Upto"/>, begins with a copy of the values that it has there now. Building twice gives two models with parameters of their own.
    /// </summary>
    /// <param name="seed">Decides first parameters, dropout and shuffling: the same seed gives the same bits on every run.</param>
    /// <returns>A <see cref="Sequential"/> where there is one input and one output.</returns>
    /// <exception cref="ShapeMismatchException">A layer cannot take what comes in; the message names both sides.</exception>
    /// <exception cref="ArgumentException">
    /// An input is missing, listed twice or not used, an output is an input, or two layers were given the same name.
    /// </exception>
    public Model Build(Seed seed = default) => Make(ModelAssembly.Of(inputs, outputs), seed.Value);

    internal static Model Make(ModelAssembly assembly, ulong seed)
    {
        (ModelGraph graph, ModelValues values) = assembly.Make(seed);
        return Make(graph, values, seed);
    }

    internal static Model Make(ModelGraph graph, ModelValues values, ulong seed)
        => graph.IsSingle ? new Sequential(graph, values, seed) : new GraphModel(graph, values, seed);
}
