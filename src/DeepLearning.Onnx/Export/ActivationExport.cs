namespace DeepLearning.Onnx;

/// <summary>
/// How each activation is written. Where operator set 17 has no operator of its own, the parts stand in the order that PyTorch's exporter writes them,
/// so that runtimes which fuse those find these too.
/// </summary>
internal static class ActivationExport
{
    /// <summary>Writes the nodes; returns the name of the result, or null for an activation that is not in the list.</summary>
    public static string? Write(Activation activation, OnnxLayerWriter graph) => activation switch
    {
        Elu elu => graph.Node("Elu", [graph.Input], OnnxAttribute.Of("alpha", (float)elu.Alpha)),
        Exponential => graph.Node("Exp", [graph.Input]),
        Gelu { Approximate: true } => TanhGelu(graph),
        Gelu => ErfGelu(graph),
        HardSigmoid => graph.Node("HardSigmoid", [graph.Input], OnnxAttribute.Of("alpha", 1f / 6f), OnnxAttribute.Of("beta", 0.5f)),
        HardSwish => graph.Node("HardSwish", [graph.Input]),
        LeakyRelu leaky => graph.Node("LeakyRelu", [graph.Input], OnnxAttribute.Of("alpha", (float)leaky.NegativeSlope)),
        LogSoftmax => graph.Node("LogSoftmax", [graph.Input], OnnxAttribute.Of("axis", -1)),
        Mish => graph.Node("Mul", [graph.Input, graph.Node("Tanh", [graph.Node("Softplus", [graph.Input])])]),
        Relu => graph.Node("Relu", [graph.Input]),
        Selu => graph.Node("Selu", [graph.Input]),
        Sigmoid => graph.Node("Sigmoid", [graph.Input]),
        Silu => graph.Node("Mul", [graph.Input, graph.Node("Sigmoid", [graph.Input])]),
        Softmax => graph.Node("Softmax", [graph.Input], OnnxAttribute.Of("axis", -1)),
        Softplus => graph.Node("Softplus", [graph.Input]),
        Softsign => graph.Node("Softsign", [graph.Input]),
        Tanh => graph.Node("Tanh", [graph.Input]),
        _ => null,
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
