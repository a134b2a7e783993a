namespace DeepLearning.Onnx;

/// <summary><see cref="Mish"/> is written as x·tanh(softplus(x)), since its operator was added in set 18, and read from either.</summary>
internal static class MishOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Mish>(
        static (_, graph) => graph.Node("Mul", [graph.Input, graph.Node("Tanh", [graph.Node("Softplus", [graph.Input])])])) with
    {
        Operators = [new("Mish", [], static (_, _) => new Mish())],
        Formulas = [new(static () => new Mish(), static v => Formula.X * v.Tanh(v.Softplus(Formula.X)))],
    };
}
