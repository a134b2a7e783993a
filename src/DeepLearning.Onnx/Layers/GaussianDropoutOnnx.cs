namespace DeepLearning.Onnx;

/// <summary><see cref="GaussianDropout"/> does nothing in inference, the only mode a file describes.</summary>
internal static class GaussianDropoutOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<GaussianDropout>(static (_, graph) => graph.Input);
}
