namespace DeepLearning.Onnx;

/// <summary><see cref="GaussianNoise"/> does nothing in inference, which is what a file is of.</summary>
internal static class GaussianNoiseOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<GaussianNoise>(static (_, graph) => graph.Input);
}
