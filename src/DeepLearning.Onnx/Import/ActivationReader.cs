using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>Nodes that are an activation on their own.</summary>
internal static class ActivationReader
{
    /// <summary>The activation, or null for another operator.</summary>
    /// <param name="node">The node.</param>
    /// <param name="operatorSet">The version of the operators.</param>
    /// <exception cref="ModelFormatException">The operator is known, but not with these attributes.</exception>
    public static Activation? Read(NodeProto node, long operatorSet) => node.OpType switch
    {
        "Elu" => new Elu(node.Number("alpha", 1f)),
        "Exp" => new Exponential(),
        "Gelu" => node.Text("approximate", "none") switch
        {
            "none" => new Gelu(),
            "tanh" => new Gelu { Approximate = true },
            var other => throw node.Wrong($"approximates by '{other}'; 'none' and 'tanh' are known"),
        },
        "HardSigmoid" => Fixed(node, new HardSigmoid(), ("alpha", 0.2f, 1f / 6f), ("beta", 0.5f, 0.5f)),
        "HardSwish" => new HardSwish(),
        "LeakyRelu" => new LeakyRelu(node.Number("alpha", 0.01f)),
        "Mish" => new Mish(),
        "Relu" => new Relu(),
        // Before operator set 6 the default had fewer digits: another function.
        "Selu" when operatorSet < 6 => Fixed(node, new Selu(), ("alpha", 1.6732f, 1.67326319f), ("gamma", 1.0507f, 1.05070102f)),
        "Selu" => Fixed(node, new Selu(), ("alpha", 1.67326319f, 1.67326319f), ("gamma", 1.05070102f, 1.05070102f)),
        "Sigmoid" => new Sigmoid(),
        "Softplus" => new Softplus(),
        "Softsign" => new Softsign(),
        "Swish" => Fixed(node, new Silu(), ("alpha", 1f, 1f)),
        "Tanh" => new Tanh(),
        _ => null,
    };

    private static Activation Fixed(NodeProto node, Activation activation, params ReadOnlySpan<(string Name, float Otherwise, float Required)> numbers)
    {
        foreach ((string name, float otherwise, float required) in numbers)
        {
            float value = node.Number(name, otherwise);
            if (!(MathF.Abs(value - required) <= 1e-5f)) throw node.Wrong($"has {name} = {value}; {activation} has {required}");
        }

        return activation;
    }
}
