namespace DeepLearning.Onnx;

/// <summary><see cref="GaussianNoise"/> does nothing in inference, the only mode a file describes.</summary>
internal static class GaussianNoiseOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<GaussianNoise>(static (_, graph) => graph.Input);
}
