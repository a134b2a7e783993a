namespace DeepLearning.Onnx;

/// <summary><see cref="HardSigmoid"/> is the operator HardSigmoid with a slope of 1/6; its own default is 0.2.</summary>
internal static class HardSigmoidOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<HardSigmoid>(
        static (_, graph) => graph.Node("HardSigmoid", [graph.Input], OnnxAttribute.Of("alpha", 1f / 6f), OnnxAttribute.Of("beta", 0.5f))) with
    {
        Operators =
        [
            new("HardSigmoid", ["alpha", "beta"], static (node, _) => node.Fixed(new HardSigmoid(), ("alpha", 0.2f, 1f / 6f), ("beta", 0.5f, 0.5f))),
        ],
    };
}
