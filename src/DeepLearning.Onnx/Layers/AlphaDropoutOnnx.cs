namespace DeepLearning.Onnx;

/// <summary><see cref="AlphaDropout"/> does nothing in inference, the only mode a file describes.</summary>
internal static class AlphaDropoutOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<AlphaDropout>(static (_, graph) => graph.Input);
}
