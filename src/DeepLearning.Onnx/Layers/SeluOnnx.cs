namespace DeepLearning.Onnx;

/// <summary><see cref="Selu"/> is the operator Selu with its default numbers.</summary>
internal static class SeluOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Selu>(static (_, graph) => graph.Node("Selu", [graph.Input])) with
    {
        Operators =
        [
            // Before operator set 6 the defaults had fewer digits: a different function.
            new("Selu", ["alpha", "gamma"], static (node, graph) => graph.OperatorSet < 6
                ? node.Fixed(new Selu(), ("alpha", 1.6732f, 1.67326319f), ("gamma", 1.0507f, 1.05070102f))
                : node.Fixed(new Selu(), ("alpha", 1.67326319f, 1.67326319f), ("gamma", 1.05070102f, 1.05070102f))),
        ],
    };
}
