namespace DeepLearning.Onnx;

/// <summary><see cref="Silu"/> is written as x·σ(x), since its operator, Swish, was added in set 24, and read from either.</summary>
internal static class SiluOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Silu>(
        static (_, graph) => graph.Node("Mul", [graph.Input, graph.Node("Sigmoid", [graph.Input])])) with
    {
        Operators = [new("Swish", ["alpha"], static (node, _) => node.Fixed(new Silu(), ("alpha", 1f, 1f)))],
        Formulas = [new(static () => new Silu(), static v => Formula.X * v.Sigmoid(Formula.X))],
    };
}
