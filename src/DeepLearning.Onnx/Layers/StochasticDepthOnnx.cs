namespace DeepLearning.Onnx;

/// <summary><see cref="StochasticDepth"/> drops samples in training alone, and is not written.</summary>
internal static class StochasticDepthOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<StochasticDepth>(static (_, graph) => graph.Input);
}
