using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>Activations formed by several nodes, in any spelling: what they compute is compared with the activation's formula.</summary>
internal sealed class CompositeReader
{
    /// <summary>How many nodes after a value are examined. The longest known spelling of an activation has fewer than sixteen.</summary>
    private const int MostNodes = 256;

    private readonly OnnxGraph graph;
    private readonly string start;
    private readonly int rank;
    private readonly Vocabulary vocabulary = new();
    private readonly Dictionary<string, Formula> formulas = [];
    private readonly Dictionary<string, NodeProto> makers = [];

    private CompositeReader(OnnxGraph graph, string start, int rank)
    {
        (this.graph, this.start, this.rank) = (graph, start, rank);
        formulas[start] = Formula.X;
    }

    /// <summary>The activations that begin at a value. If one is part of another, only the larger.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="start">The value.</param>
    /// <param name="rank">The number of its dimensions, including the batch.</param>
    public static IReadOnlyList<CompositeActivation> Read(OnnxGraph graph, string start, int rank) => new CompositeReader(graph, start, rank).Read();

    private List<CompositeActivation> Read()
    {
        Explore();
        var found = new List<CompositeActivation>();
        if (makers.Count == 0) return found;
        (Func<Activation> Make, Formula Formula)[] known = [.. OnnxLayers.All.SelectMany(l => l.Formulas).Select(f => (f.Make, f.In(vocabulary)))];
        foreach (string result in makers.Keys)
            if (known.FirstOrDefault(k => k.Formula.IsCloseTo(formulas[result])).Make is { } make && PartsOf(result) is { } parts)
                found.Add(new CompositeActivation(make(), start, result, parts));
        var taken = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        return [.. found.OrderByDescending(f => f.Parts.Count).Where(f => !f.Parts.Overlaps(taken)).Select(Taken)];

        CompositeActivation Taken(CompositeActivation activation)
        {
            taken.UnionWith(activation.Parts);
            return activation;
        }
    }

    /// <summary>Computes the formulas of values that are elementwise functions of the first.</summary>
    private void Explore()
    {
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out string? value))
        {
            foreach (NodeProto node in graph.UsersOf(value))
            {
                if (makers.Count == MostNodes) return;
                string result = node.Output[0];
                if (formulas.ContainsKey(result) || !node.Input.All(v => OperandOf(v) is not null)) continue;
                if (Compute(node) is not { IsTooLarge: false } formula) continue;
                (formulas[result], makers[result]) = (formula, node);
                open.Enqueue(result);
            }
        }
    }

    /// <summary>The nodes that compute a value from the first; null if an intermediate value is used elsewhere, so that they form no layer.</summary>
    private HashSet<NodeProto>? PartsOf(string result)
    {
        var parts = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance) { makers[result] };
        var open = new Queue<NodeProto>(parts);
        while (open.TryDequeue(out NodeProto? node))
            foreach (string value in node.Input)
                if (makers.TryGetValue(value, out NodeProto? maker) && parts.Add(maker)) open.Enqueue(maker);
        bool isClosed = parts.All(p => p.Output[0] == result || (!graph.IsOutput(p.Output[0]) && graph.UsersOf(p.Output[0]).All(parts.Contains)));
        return isClosed ? parts : null;
    }

    /// <summary>The formula of an input, or null if it is not known (yet). An omitted input is 0, and is never requested.</summary>
    private Formula? OperandOf(string value)
    {
        if (value.Length == 0) return Formula.Constant(0);
        if (formulas.TryGetValue(value, out Formula? formula)) return formula;
        if (graph.ConstantOf(value) is not { Count: 1 } constant || constant.Dimensions.Length > rank) return null;
        return (constant.Doubles?[0] ?? constant.Integers?[0]) is { } number ? Formula.Constant(number) : null;
    }

    private Formula? Compute(NodeProto node)
    {
        Formula[] p = [.. node.Input.Select(v => OperandOf(v)!)];
        if (graph.OperatorSet < 7 && p.Length == 2 && p[0].Number is not null) return null;
        return (node.OpType, p) switch
        {
            ("Add" or "Sum", [var a, var b]) => a + b,
            ("Sub", [var a, var b]) => a - b,
            ("Mul", [var a, var b]) => a * b,
            ("Div", [var a, var b]) => a * vocabulary.Reciprocal(b),
            ("Neg", [var a]) => a * -1,
            ("Reciprocal", [var a]) => vocabulary.Reciprocal(a),
            ("Pow", [var a, { Number: 2 }]) => a * a,
            ("Pow", [var a, { Number: 3 }]) => a * a * a,
            ("Erf", [var a]) => vocabulary.Erf(a),
            ("Exp", [var a]) => vocabulary.Exp(a),
            ("Log", [var a]) => vocabulary.Log(a),
            ("Sigmoid", [var a]) => vocabulary.Sigmoid(a),
            ("Softplus", [var a]) => vocabulary.Softplus(a),
            ("Swish", [var a]) => a * vocabulary.Sigmoid(a * node.Number("alpha", 1f)),
            ("Tanh", [var a]) => vocabulary.Tanh(a),
            ("HardSigmoid", [var a]) => vocabulary.Clamp(a * node.Number("alpha", 0.2f) + Formula.Constant(node.Number("beta", 0.5f))),
            ("Clip", [var a, ..]) => Clip(node, a),
            ("Greater", [var a, { Number: { } number }]) => vocabulary.IsAbove(a, number),
            ("Where", [var condition, var a, var b]) => vocabulary.Choose(condition, a, b),
            ("Identity", [var a]) => a,
            _ => null,
        };
    }

    /// <summary>A clip from 0 to a number is that number times a clip from 0 to 1.</summary>
    private Formula? Clip(NodeProto node, Formula p)
    {
        double least = Bound("min", 1), most = Bound("max", 2);
        return least == 0 && most > 0 && double.IsFinite(most) ? vocabulary.Clamp(p * (1 / most)) * most : null;

        double Bound(string name, int place) => graph.OperatorSet < 11
            ? node.Number(name, float.NaN)
            : graph.ConstantOf(node, place) is { Count: 1, Doubles: [var number] } ? number : double.NaN;
    }
}
