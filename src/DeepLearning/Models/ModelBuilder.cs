namespace DeepLearning;

/// <summary>The inputs and outputs of a graph that will become a model; created by <see cref="Model.Of(IReadOnlyList{Node}, IReadOnlyList{Node})"/>.</summary>
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
            throw new ArgumentException($"A model needs at least one input and one output, got {inputs.Count} and {outputs.Count}.");
        (this.inputs, this.outputs) = ([.. inputs], [.. outputs]);
    }

    /// <summary>
    /// Checks every layer against its input shapes and builds the model with initialized parameters. A layer of another model, for example from
    /// <see cref="Model.Upto"/>, starts with a copy of its current values there. Building twice gives two models, each with its own parameters.
    /// </summary>
    /// <param name="seed">Determines initial parameters, dropout and shuffling: the same seed gives the same bits on every run.</param>
    /// <returns>A <see cref="Sequential"/> if there is one input and one output.</returns>
    /// <exception cref="ShapeMismatchException">A layer cannot take its input; the message names both.</exception>
    /// <exception cref="ArgumentException">
    /// An input is missing, listed twice or not used, an output is an input, or two layers have the same name.
    /// </exception>
    public Model Build(Seed seed = default) => Make(ModelAssembly.Of(inputs, outputs), seed.Value);

    internal static Model Make(ModelAssembly assembly, ulong seed, bool initializes = true)
    {
        (ModelGraph graph, ModelValues values) = assembly.Make(seed, initializes);
        return Make(graph, values, seed);
    }

    internal static Model Make(ModelGraph graph, ModelValues values, ulong seed)
        => graph.IsSingle ? new Sequential(graph, values, seed) : new GraphModel(graph, values, seed);
}
