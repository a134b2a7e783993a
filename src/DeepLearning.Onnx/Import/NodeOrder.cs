using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// The parts of a graph that the outputs depend on: nodes in topological order, and initializers. Everything else in the graph is ignored.
/// </summary>
internal sealed class NodeOrder
{
    private readonly Dictionary<string, NodeProto> makers = [], secondMakers = [];
    private readonly Dictionary<string, TensorProto> initializers = [];
    private readonly HashSet<string> twice = [], used = [];
    private readonly List<NodeProto> nodes = [];
    private readonly Dictionary<NodeProto, bool> isDone = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> inputs;

    private NodeOrder(GraphProto graph, IEnumerable<string> inputs)
    {
        this.inputs = [.. inputs];
        foreach (TensorProto tensor in graph.Initializer)
            if (!initializers.TryAdd(tensor.Name, tensor)) twice.Add(tensor.Name);
        foreach (NodeProto node in graph.Node)
            foreach (string value in node.Output.Where(v => v.Length > 0))
                if (!makers.TryAdd(value, node)) secondMakers[value] = node;
    }

    public IReadOnlyList<NodeProto> Nodes => nodes;

    public IEnumerable<TensorProto> Initializers => used.Select(name => initializers[name]);

    /// <param name="graph">The graph.</param>
    /// <param name="inputs">The names of the graph's inputs.</param>
    /// <param name="outputs">The names of the graph's outputs.</param>
    /// <exception cref="ModelFormatException">A required value is missing, has two sources, or depends on itself.</exception>
    public static NodeOrder Of(GraphProto graph, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        var order = new NodeOrder(graph, inputs);
        foreach (string output in outputs)
            if (order.MakerOf(output, null) is { } last) order.Walk(last);
        return order;
    }

    /// <summary>Depth first, with an explicit stack: a file may nest deeper than a thread's stack allows.</summary>
    private void Walk(NodeProto last)
    {
        if (!isDone.TryAdd(last, false)) return;
        var open = new Stack<(NodeProto Node, int Next)>([(last, 0)]);
        while (open.TryPop(out (NodeProto Node, int Next) at))
        {
            if (at.Next == at.Node.Input.Count)
            {
                isDone[at.Node] = true;
                nodes.Add(at.Node);
                continue;
            }

            open.Push((at.Node, at.Next + 1));
            string value = at.Node.Input[at.Next];
            if (value.Length == 0 || MakerOf(value, at.Node) is not { } maker) continue;
            if (isDone.TryAdd(maker, false)) open.Push((maker, 0));
            else if (!isDone[maker]) throw at.Node.Wrong($"waits for its own result '{value}': the graph has a cycle");
        }
    }

    /// <summary>The node that computes a value; null for inputs and initializers.</summary>
    private NodeProto? MakerOf(string value, NodeProto? user)
    {
        bool isInput = inputs.Contains(value), isGiven = isInput || initializers.ContainsKey(value);
        makers.TryGetValue(value, out NodeProto? maker);
        if (secondMakers.TryGetValue(value, out NodeProto? second) || (isGiven && (second = maker) is not null))
            throw second.Wrong($"makes '{value}', which comes from elsewhere too");
        if (twice.Contains(value)) throw new ModelFormatException($"the initializer '{value}' appears twice");
        if (!isInput && isGiven) used.Add(value);
        if (maker is null && !isGiven)
            throw user?.Wrong($"takes '{value}', which nothing makes") ?? new ModelFormatException($"nothing makes the output '{value}'");
        return maker;
    }
}
