using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>An activation that several nodes make up, found by comparison with the nodes that its own export writes.</summary>
internal sealed class CompositePattern
{
    private const string Start = "x";

    private readonly GraphProto template = new();

    private CompositePattern(Activation activation)
    {
        Activation = activation;
        var writer = new OnnxLayerWriter(template, null, "pattern", Start, [1], [1]);
        writer.Finish(ActivationExport.Write(activation, writer)!, "y");
    }

    public static IReadOnlyList<CompositePattern> All { get; } = [new(new Silu()), new(new Mish()), new(new Gelu()), new(new Gelu { Approximate = true })];

    public Activation Activation { get; }

    /// <summary>The name of the result, if what begins at a value is this activation and nothing else takes a value from within.</summary>
    public string? Match(OnnxGraph graph, string value)
    {
        var names = new Dictionary<string, string> { [Start] = value };
        var found = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        string result = value;
        foreach (NodeProto expected in template.Node)
        {
            string near = names[expected.Input.First(names.ContainsKey)];
            if (graph.UsersOf(near).FirstOrDefault(n => !found.Contains(n) && Fits(expected, n, names, graph)) is not { } node) return null;
            found.Add(node);
            names[expected.Output[0]] = result = node.Output[0];
        }

        return names.Values.Where(v => v != result).All(v => v != graph.Output && graph.UsersOf(v).All(found.Contains)) ? result : null;
    }

    private bool Fits(NodeProto expected, NodeProto node, Dictionary<string, string> names, OnnxGraph graph)
    {
        if (node.OpType != expected.OpType || node.Input.Count != expected.Input.Count) return false;
        bool inOrder = expected.Input.Zip(node.Input).All(pair => Same(pair.First, pair.Second, names, graph));
        return inOrder || node.OpType is "Add" or "Mul" && expected.Input.Zip(node.Input.Reverse()).All(pair => Same(pair.First, pair.Second, names, graph));
    }

    private bool Same(string expected, string actual, Dictionary<string, string> names, OnnxGraph graph)
    {
        if (names.TryGetValue(expected, out string? name)) return name == actual;
        return template.Initializer.FirstOrDefault(t => t.Name == expected) is { } number
            && graph.ConstantOf(actual) is { Count: 1, Dimensions.Length: <= 1, Floats: [var f] }
            && MathF.Abs(f - BitConverter.ToSingle(number.RawData.Span)) <= 1e-5f;
    }
}
