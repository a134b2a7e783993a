namespace DeepLearning.Onnx;

/// <summary><see cref="GaussianDropout"/> does nothing in inference, which is what a file is of.</summary>
internal static class GaussianDropoutOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<GaussianDropout>(static (_, graph) => graph.Input);
}
