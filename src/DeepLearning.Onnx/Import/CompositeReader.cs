using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>An activation that several nodes make up, however they spell it: what they compute is compared with what the activation is.</summary>
internal sealed class CompositeReader
{
    /// <summary>The longest spelling of those that occur has fewer than half as many nodes.</summary>
    private const int MostNodes = 32;

    private readonly OnnxGraph graph;
    private readonly string start;
    private readonly int rank;
    private readonly Vocabulary vocabulary = new();
    private readonly Dictionary<string, Formula> formulas = [];
    private readonly HashSet<NodeProto> done = new(ReferenceEqualityComparer.Instance);

    private CompositeReader(OnnxGraph graph, string start, int rank)
    {
        (this.graph, this.start, this.rank) = (graph, start, rank);
        formulas[start] = Formula.X;
    }

    /// <summary>The activation that begins at a value, and the name of its result; null where there is none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="start">The value.</param>
    /// <param name="rank">How many dimensions it has, the batch included.</param>
    public static (Activation Activation, string Result)? Read(OnnxGraph graph, string start, int rank) => new CompositeReader(graph, start, rank).Read();

    private (Activation Activation, string Result)? Read()
    {
        (Func<Activation> Make, Formula Formula)[] known = [.. OnnxLayers.All.SelectMany(l => l.Formulas).Select(f => (f.Make, f.In(vocabulary)))];
        while (done.Count < MostNodes)
        {
            // A value that still has users is needed further on: the activation ends where one value alone is left.
            string[] open = [.. formulas.Keys.Where(v => v == graph.Output || graph.UsersOf(v).Any(n => !done.Contains(n)))];
            if (open is [var result] && result != start
                && known.FirstOrDefault(k => k.Formula.IsCloseTo(formulas[result])) is ({ } make, _)) return (make(), result);
            NodeProto? next = open.SelectMany(graph.UsersOf).FirstOrDefault(n => !done.Contains(n) && n.Input.All(v => OperandOf(v) is not null));
            if (next is null || Compute(next) is not { IsTooLarge: false } formula) return null;
            done.Add(next);
            formulas[next.Output[0]] = formula;
        }

        return null;
    }

    /// <summary>What a node takes, or null where that is not known (yet). An input that is left out is 0, and is not asked for.</summary>
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

    /// <summary>From 0 to a number: that number times what is from 0 to 1.</summary>
    private Formula? Clip(NodeProto node, Formula p)
    {
        double least = Bound("min", 1), most = Bound("max", 2);
        return least == 0 && most > 0 && double.IsFinite(most) ? vocabulary.Clamp(p * (1 / most)) * most : null;

        double Bound(string name, int place) => graph.OperatorSet < 11
            ? node.Number(name, float.NaN)
            : graph.ConstantOf(node, place) is { Count: 1, Doubles: [var number] } ? number : double.NaN;
    }
}
