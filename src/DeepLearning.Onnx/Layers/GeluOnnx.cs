using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// <see cref="Gelu"/> is written decomposed, since its operator was added in set 20, and read from either. The parts are in the order of PyTorch's exporter, so
/// that runtimes that fuse those recognise these too.
/// </summary>
internal static class GeluOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Gelu>(static (gelu, graph) => gelu.Approximate ? TanhGelu(graph) : ErfGelu(graph)) with
    {
        Operators = [new("Gelu", ["approximate"], static (node, _) => Read(node))],
        Formulas =
        [
            new(static () => new Gelu(), static v => Half + Half * v.Erf(Formula.X * Math.Sqrt(0.5))),
            new(
                static () => new Gelu { Approximate = true },
                static v => Half + Half * v.Tanh((Formula.X + Formula.X * Formula.X * Formula.X * 0.044715) * Math.Sqrt(2 / Math.PI))),
        ],
    };

    private static Formula Half => Formula.X * 0.5;

    private static Gelu Read(NodeProto node) => node.Text("approximate", "none") switch
    {
        "none" => new Gelu(),
        "tanh" => new Gelu { Approximate = true },
        var other => throw node.Wrong($"approximates by '{other}'; 'none' and 'tanh' are known"),
    };

    /// <summary>x·(1 + erf(x/√2))·½.</summary>
    private static string ErfGelu(OnnxLayerWriter graph)
    {
        string erf = graph.Node("Erf", [graph.Node("Div", [graph.Input, graph.Constant("root_two", MathF.Sqrt(2f))])]);
        string scaled = graph.Node("Mul", [graph.Input, graph.Node("Add", [erf, graph.Constant("one", 1f)])]);
        return graph.Node("Mul", [scaled, graph.Constant("half", 0.5f)]);
    }

    /// <summary>½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    private static string TanhGelu(OnnxLayerWriter graph)
    {
        string cube = graph.Node("Mul", [graph.Input, graph.Node("Mul", [graph.Input, graph.Input])]);
        string inner = graph.Node("Add", [graph.Input, graph.Node("Mul", [cube, graph.Constant("cubic", 0.044715f)])]);
        string squashed = graph.Node("Tanh", [graph.Node("Mul", [inner, graph.Constant("root_two_over_pi", MathF.Sqrt(2f / MathF.PI))])]);
        string half = graph.Node("Mul", [graph.Input, graph.Constant("half", 0.5f)]);
        return graph.Node("Mul", [half, graph.Node("Add", [squashed, graph.Constant("one", 1f)])]);
    }
}
