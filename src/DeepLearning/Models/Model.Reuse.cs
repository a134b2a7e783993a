namespace DeepLearning;

/// <content>A model as part of other models.</content>
public abstract partial class Model
{
    private Node[]? nodes;

    /// <summary>Applies the model's layers to another node: see <see cref="LayerChain{TSelf}.Add(Model)"/>.</summary>
    /// <param name="input">The node that replaces the model's input.</param>
    /// <returns>The node of its output.</returns>
    /// <exception cref="ArgumentException">The model has several inputs or outputs.</exception>
    public Node Apply(Node input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!Graph.IsSingle)
            throw new ArgumentException(
                $"The model has {Graph.Inputs.Length} inputs and {Graph.Outputs.Length} outputs: write model.Apply([a, b])[0].", nameof(input));
        return Apply([input])[0];
    }

    /// <summary>
    /// Applies the model's layers to other nodes. In the model built from the result, they start with copies of their values here at that time. If applied
    /// twice, the two calls share their parameters there.
    /// </summary>
    /// <param name="inputs">The nodes that replace the model's inputs, in their order.</param>
    /// <returns>The nodes of its outputs, in their order.</returns>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    public IReadOnlyList<Node> Apply(IReadOnlyList<Node> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (Node node in inputs) ArgumentNullException.ThrowIfNull(node, nameof(inputs));
        RequireInputCount(inputs.Count);
        Node[] own = Nodes();
        return NodeOrder.Replace([.. Graph.OutputValues.Select(v => own[v])], own[..Graph.Inputs.Length], inputs);
    }

    /// <summary>
    /// The output node of a layer of this model, to append other layers to it: <c>Model.Of(model.InputNodes, [model.Upto("dense_1").Dense(5).Softmax()])</c>.
    /// In the model built from it, the layers up to this one start with copies of their values here at that time.
    /// </summary>
    /// <param name="layer">One of <see cref="LayerNames"/>.</param>
    /// <exception cref="ArgumentException">There is no such layer; the message lists the existing ones.</exception>
    public Node Upto(string layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Nodes()[Graph.ValueOf(SlotOf(layer, nameof(layer)).Number - 1)];
    }

    /// <summary>The nodes for this model's inputs, on which those of <see cref="Upto"/> depend.</summary>
    public IReadOnlyList<Node> InputNodes => Nodes()[..Graph.Inputs.Length];

    /// <summary>The slot with a name.</summary>
    internal LayerSlot SlotOf(string layer, string parameter)
        => Array.Find(Graph.Slots, s => s.Name == layer)
            ?? throw new ArgumentException($"The model has no layer {layer}; it has {string.Join(", ", LayerNames)}.", parameter);

    /// <summary>The model as nodes again: a node for each value.</summary>
    private Node[] Nodes()
    {
        if (nodes is not null) return nodes;
        var made = new Node[Graph.ValueCount];
        var uses = new Dictionary<string, LayerUse>();
        for (int i = 0; i < Graph.Inputs.Length; i++) made[i] = new Node(Graph.Inputs[i].Shape, Graph.Inputs[i].Name, Graph.Inputs[i].IsInteger);
        foreach (LayerSlot slot in Graph.Slots)
        {
            if (!uses.TryGetValue(slot.LayerName, out LayerUse? use))
                uses.Add(slot.LayerName, use = new LayerUse(slot.Layer) { Name = slot.LayerName, Origin = (this, slot) });
            made[Graph.ValueOf(slot.Number - 1)] = new Node(use, Array.ConvertAll(slot.Sources, v => made[v]));
        }

        return nodes = made;
    }
}
