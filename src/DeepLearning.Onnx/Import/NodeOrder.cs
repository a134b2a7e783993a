using System.Collections.Frozen;
using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>The nodes of a graph, each after those whose results it takes (Kahn 1962).</summary>
internal sealed class NodeOrder
{
    private static readonly FrozenSet<string> Operators = FrozenSet.Create(
        "Add", "BatchNormalization", "Cast", "Constant", "Div", "Dropout", "Elu", "Erf", "Exp", "Flatten", "Gelu", "Gemm", "HardSigmoid", "HardSwish",
        "Identity", "LeakyRelu", "LogSoftmax", "MatMul", "Mish", "Mul", "Relu", "Reshape", "Selu", "Sigmoid", "Softmax", "Softplus", "Softsign", "Sub",
        "Tanh", "Transpose");

    private readonly Dictionary<string, NodeProto> makers;

    private NodeOrder(IReadOnlyList<NodeProto> nodes, Dictionary<string, NodeProto> makers) => (Nodes, this.makers) = (nodes, makers);

    public IReadOnlyList<NodeProto> Nodes { get; }

    /// <param name="graph">The graph.</param>
    /// <param name="given">The names of the values that no node makes: the input and the initializers.</param>
    /// <exception cref="ModelFormatException">An operator is unknown, a value is missing or made twice, or nodes wait for each other in a circle.</exception>
    public static NodeOrder Of(GraphProto graph, IEnumerable<string> given)
    {
        HashSet<string> ready = [.. given];
        var makers = new Dictionary<string, NodeProto>();
        foreach (NodeProto node in graph.Node)
        {
            RequireKnown(node);
            foreach (string value in node.Output.Where(v => v.Length > 0))
                if (ready.Contains(value) || !makers.TryAdd(value, node)) throw node.Wrong($"makes '{value}', which comes from elsewhere too");
        }

        var waiting = new Dictionary<NodeProto, int>(ReferenceEqualityComparer.Instance);
        var users = new Dictionary<string, List<NodeProto>>();
        var next = new Queue<NodeProto>();
        foreach (NodeProto node in graph.Node)
        {
            string[] awaited = [.. node.Input.Where(v => v.Length > 0 && !ready.Contains(v)).Distinct()];
            foreach (string value in awaited)
            {
                if (!makers.ContainsKey(value)) throw node.Wrong($"takes '{value}', which nothing makes");
                if (!users.TryGetValue(value, out List<NodeProto>? list)) users[value] = list = [];
                list.Add(node);
            }

            waiting[node] = awaited.Length;
            if (awaited.Length == 0) next.Enqueue(node);
        }

        var nodes = new List<NodeProto>(graph.Node.Count);
        while (next.TryDequeue(out NodeProto? node))
        {
            nodes.Add(node);
            foreach (NodeProto user in node.Output.SelectMany(value => users.GetValueOrDefault(value) ?? []))
                if (--waiting[user] == 0) next.Enqueue(user);
        }

        if (nodes.Count < graph.Node.Count) throw graph.Node.First(n => waiting[n] > 0).Wrong("waits for its own result: the graph has a cycle");
        return new NodeOrder(nodes, makers);
    }

    /// <summary>The nodes on which a value depends, in order.</summary>
    public IReadOnlyList<NodeProto> Before(string value)
    {
        var needed = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var open = new Stack<string>([value]);
        while (open.TryPop(out string? name))
            if (makers.TryGetValue(name, out NodeProto? maker) && needed.Add(maker))
                foreach (string input in maker.Input) open.Push(input);
        return [.. Nodes.Where(needed.Contains)];
    }

    private static void RequireKnown(NodeProto node)
    {
        if (node.Domain is not ("" or "ai.onnx") || !Operators.Contains(node.OpType))
            throw node.Wrong($"has an operator that no layer here expresses: {(node.Domain.Length > 0 ? node.Domain + "." : "")}{node.OpType}");
        if (node.HasGraph()) throw node.Wrong("holds a graph of its own, which no layer here expresses");
        if (node.Output.Count == 0 || node.Output[0].Length == 0) throw node.Wrong("makes nothing");
    }
}
