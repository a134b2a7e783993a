namespace DeepLearning;

/// <summary>
/// Turns nodes into a model: orders and names them, and checks every shape from front to back. Only <see cref="Make"/> allocates the parameters and initializes
/// them.
/// </summary>
internal sealed class ModelAssembly
{
    private readonly List<AssembledLayer> layers = [];
    private readonly List<AssembledCall> calls = [];

    /// <summary>Whether each value is a tensor of indices; null if a custom layer made it.</summary>
    private readonly List<bool?> areIndices = [];

    private readonly ModelInput[] inputs;
    private readonly int[] outputs;
    private readonly bool isChain;

    private ModelAssembly(IReadOnlyList<Node> inputNodes, IReadOnlyList<Node> outputNodes)
    {
        List<Node> order = NodeOrder.Of(outputNodes);
        isChain = inputNodes.Count == 1 && outputNodes.Count == 1 && IsChain(order);
        RequireInputs(inputNodes, order);
        RequireOutputs(outputNodes);
        var names = new NodeNames();
        string?[] given = [.. inputNodes.Select(n => n.InputName)];
        ReserveNames(names, given, order);
        inputs = new ModelInput[inputNodes.Count];
        var values = new Dictionary<Node, int>();
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = new ModelInput(given[i] ?? names.Next(inputNodes[i].NameBefore), inputNodes[i].Input, inputNodes[i].IsInteger);
            values.Add(inputNodes[i], i);
            areIndices.Add(inputNodes[i].IsInteger);
        }

        var byUse = new Dictionary<LayerUse, AssembledLayer>();
        foreach (Node node in order)
        {
            if (node.Use is not { } use) continue;
            if (!byUse.TryGetValue(use, out AssembledLayer? layer))
            {
                byUse.Add(use, layer = new AssembledLayer(use, NameOf(use, names)));
                layers.Add(layer);
            }

            var sources = new int[node.Sources.Length];
            for (int s = 0; s < sources.Length; s++) sources[s] = values[node.Sources[s]];
            values.Add(node, inputs.Length + calls.Count);
            calls.Add(Declare(layer, sources));
            areIndices.Add(KindOf(use.Layer, sources));
        }

        outputs = [.. outputNodes.Select(o => values[o])];
    }

    /// <summary>Checks the nodes.</summary>
    /// <exception cref="ShapeMismatchException">A layer cannot take its input; the message names both.</exception>
    /// <exception cref="ArgumentException">An input is missing or not used, or two layers have the same name.</exception>
    public static ModelAssembly Of(IReadOnlyList<Node> inputs, IReadOnlyList<Node> outputs) => new(inputs, outputs);

    /// <summary>The parameters and states that the model will have, in order, without memory for them.</summary>
    public IEnumerable<(string Name, Shape Shape)> Declared => Named(b => b.Parameters, isTrained: true).Concat(Named(b => b.States, isTrained: false)).Select(p => (p.Name, p.Shape));

    /// <summary>Whether there is one input and one output.</summary>
    public bool IsSingle => inputs.Length == 1 && outputs.Length == 1;

    /// <summary>Allocates the values and initializes them.</summary>
    /// <param name="seed">The model's seed.</param>
    /// <param name="initializes">False for a caller that sets the values itself: they are 0.</param>
    public (ModelGraph Graph, ModelValues Values) Make(ulong seed, bool initializes = true)
    {
        var made = new ModelValues(Named(b => b.Parameters, isTrained: true), Named(b => b.States, isTrained: false));
        int parameter = 0, state = 0;
        var snapshots = new Dictionary<Model, Model>();
        foreach (AssembledLayer layer in layers)
        {
            LayerSlot? origin = layer.Use.Origin is { } there ? SnapshotOf(there.Model, snapshots).Graph.Slots[there.Slot.Number - 1] : null;
            layer.Parameters = Take(layer.Builder.Parameters, made.Trainable, ref parameter, origin?.Parameters, initializes ? seed : null);
            layer.State = Take(layer.Builder.States, made.State, ref state, origin?.State, initializes ? seed : null);
        }

        var slots = new LayerSlot[calls.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            (AssembledLayer layer, int call, int[] sources, Shape output) = calls[i];
            string name = call == 0 ? layer.Name : $"{layer.Name}#{call + 1}";
            slots[i] = new LayerSlot(i + 1, name, layer.Use.Layer, call, sources, output, layer.Parameters, layer.State) { InChain = isChain };
        }

        return (new ModelGraph(inputs, slots, outputs), made);
    }

    /// <summary>A consistent snapshot: a model in training would give layers from different steps.</summary>
    private static Model SnapshotOf(Model model, Dictionary<Model, Model> snapshots)
    {
        if (!snapshots.TryGetValue(model, out Model? copy)) snapshots.Add(model, copy = model.Snapshot());
        return copy;
    }

    private static LayerParameter[] Take(
        IReadOnlyList<DeclaredParameter> declared, ParameterSet set, ref int next, LayerParameter[]? origin, ulong? seed)
    {
        var own = new LayerParameter[declared.Count];
        for (int p = 0; p < own.Length; p++, next++)
        {
            own[p] = new LayerParameter(declared[p].Name, set[next]) { DeclaredTrainable = declared[p].Options?.Trainable ?? true };
            Span<float> values = set[next].Value.AsSpan();
            if (origin is not null) origin[p].Parameter.Value.AsReadOnlySpan().CopyTo(values);
            else if (seed is { } key) declared[p].Initializer.Fill(values, declared[p].Shape, RandomStreams.OfParameter(key, set[next].Name));
        }

        return own;
    }

    /// <summary>What all layers declare, under the names in the model.</summary>
    private List<(string Name, Shape Shape, ParameterOptions? Options)> Named(
        Func<LayerBuilder, IReadOnlyList<DeclaredParameter>> part, bool isTrained)
    {
        // Loops, not queries: each generic method over tuples is compiled again in every process.
        var all = new List<(string Name, Shape Shape, ParameterOptions? Options)>();
        foreach (AssembledLayer layer in layers)
        {
            IReadOnlyList<DeclaredParameter> declared = part(layer.Builder);
            for (int p = 0; p < declared.Count; p++)
                all.Add(($"{layer.Name}.{declared[p].Name}", declared[p].Shape, isTrained ? layer.Use.OptionsOf(declared[p], p) : null));
        }

        return all;
    }

    private AssembledCall Declare(AssembledLayer layer, int[] sources)
    {
        var taken = new Shape[sources.Length];
        for (int s = 0; s < sources.Length; s++) taken[s] = sources[s] < inputs.Length ? inputs[sources[s]].Shape : calls[sources[s] - inputs.Length].Output;
        var builder = new LayerBuilder();
        Shape output;
        try
        {
            RequireIndices(layer.Use.Layer, sources);
            output = taken.Length == 1 ? layer.Use.Layer.Build(taken[0], builder) : layer.Use.Layer.Build(taken, builder);
        }
        catch (ShapeMismatchException mismatch)
        {
            throw new ShapeMismatchException($"{Label(layer)}: {mismatch.Message}; {Sources(sources, taken)}");
        }

        if (layer.Calls > 0) RequireSame(layer, builder, sources, taken);
        else
        {
            layer.Builder = builder;
            RequireOrigin(layer, sources, taken);
            RequireFrozen(layer);
        }

        return new AssembledCall(layer, layer.Calls++, sources, output);
    }

    private void RequireIndices(Layer layer, int[] sources)
    {
        if (layer.IndexUse.HasFlag(IndexUse.Takes) && Array.Exists(sources, s => areIndices[s] == false))
            throw new ShapeMismatchException(
                "takes indices, but gets float32 values: begin with Sequential.Indices(…) or Model.Indices(…), and make the data by Tensor.FromIndices(…)");
    }

    private bool? KindOf(Layer layer, int[] sources)
    {
        if (layer.IndexUse.HasFlag(IndexUse.Makes)) return true;
        if (layer.IndexUse.HasFlag(IndexUse.Keeps))
            return Array.TrueForAll(sources, s => areIndices[s] == areIndices[sources[0]]) ? areIndices[sources[0]] : null;
        return LayerKinds.BuiltIn.Of(layer) is null ? null : false;
    }

    /// <summary>A shared layer has one set of parameters for all calls.</summary>
    private void RequireSame(AssembledLayer layer, LayerBuilder again, int[] sources, Shape[] taken)
    {
        string first = layer.Builder.ToString(), second = again.ToString();
        if (first != second)
            throw new ShapeMismatchException(
                $"{Label(layer)} is shared: its first call has {first}, but the next would need {second}; {Sources(sources, taken)}");
    }

    /// <summary>Values from another model need the same shapes.</summary>
    private void RequireOrigin(AssembledLayer layer, int[] sources, Shape[] taken)
    {
        if (layer.Use.Origin is not { } origin) return;
        string there = Text(origin.Slot.Parameters.Concat(origin.Slot.State)), here = layer.Builder.ToString();
        if (there != here)
            throw new ShapeMismatchException($"{Label(layer)} comes from a model in which it has {there}, but here it would need {here}; {Sources(sources, taken)}");

        static string Text(IEnumerable<LayerParameter> parameters)
            => parameters.Any() ? string.Join(", ", parameters.Select(p => $"{p.LocalName} {p.Parameter.Shape}")) : "no parameters";
    }

    private void RequireFrozen(AssembledLayer layer)
    {
        if (layer.Use.Frozen is not { } frozen) return;
        string[] declared = [.. layer.Builder.Parameters.Select(p => p.Name)];
        if (frozen.FirstOrDefault(name => !declared.Contains(name)) is { } unknown)
            throw new ArgumentException($"{Label(layer)} has no parameter {unknown} to freeze; it has {layer.Builder}.");
    }

    private string Label(AssembledLayer layer) => isChain ? $"layer {calls.Count + 1} ({layer.Use.Layer})" : $"layer {layer.Name} ({layer.Use.Layer})";

    private string Sources(int[] sources, Shape[] taken)
    {
        if (isChain)
            return calls.Count == 0
                ? $"the input is {taken[0].WithBatch()}"
                : $"layer {calls.Count} ({calls[^1].Layer.Use.Layer}) produces {taken[0].WithBatch()}";
        return string.Join(", ", sources.Select((source, i) => source < inputs.Length
            ? $"the input {inputs[source].Name} is {taken[i].WithBatch()}"
            : $"{calls[source - inputs.Length].Layer.Name} ({calls[source - inputs.Length].Layer.Use.Layer}) produces {taken[i].WithBatch()}"));
    }

    private static bool IsChain(List<Node> order)
    {
        for (int i = 1; i < order.Count; i++)
            if (order[i].Sources.Length != 1 || order[i].Sources[0] != order[i - 1]) return false;
        return true;
    }

    private static void RequireInputs(IReadOnlyList<Node> inputs, List<Node> order)
    {
        HashSet<Node> given = [.. inputs], used = [.. order.Where(n => n.Use is null)];
        if (inputs.FirstOrDefault(n => n.Use is not null) is { } made) throw new ArgumentException($"{made} is not an input: create inputs with Model.Input.");
        if (given.Count < inputs.Count) throw new ArgumentException("An input is listed twice.");
        if (used.FirstOrDefault(n => !given.Contains(n)) is { } missing)
            throw new ArgumentException($"The outputs depend on {Described(missing)}, which is not among the inputs: list it in Model.Of([…], […]).");
        if (inputs.FirstOrDefault(n => !used.Contains(n)) is { } idle)
            throw new ArgumentException($"No output depends on {Described(idle)}: leave it out, or connect it.");

        static string Described(Node input) => input.InputName is { } name ? $"the input '{name}'" : $"{input}";
    }

    private static void RequireOutputs(IReadOnlyList<Node> outputs)
    {
        if (outputs.FirstOrDefault(n => n.Use is null) is { } input)
            throw new ArgumentException($"An output is made by a layer, but {input} is an input of the model.");
        if (outputs.Distinct().Count() < outputs.Count) throw new ArgumentException("An output is listed twice.");
    }

    private static void ReserveNames(NodeNames names, string?[] inputs, List<Node> order)
    {
        foreach (string? name in inputs)
            if (name is not null) names.Reserve(name);
        var seen = new HashSet<LayerUse>();
        foreach (Node node in order)
            if (node.Use is { Name: { } name, Origin: null } use && seen.Add(use)) names.Reserve(name);
    }

    private static string NameOf(LayerUse use, NodeNames names)
        => use.Name is null ? names.Next(SnakeCase.Of(use.Layer.Kind)) : use.Origin is null ? use.Name : names.Next(use.Name);

    /// <summary>A layer of the model, with what its first call declared.</summary>
    private sealed class AssembledLayer(LayerUse use, string name)
    {
        public LayerUse Use => use;

        public string Name => name;

        public LayerBuilder Builder { get; set; } = null!;

        public int Calls { get; set; }

        public LayerParameter[] Parameters { get; set; } = [];

        public LayerParameter[] State { get; set; } = [];
    }

    private sealed record AssembledCall(AssembledLayer Layer, int Call, int[] Sources, Shape Output);
}
