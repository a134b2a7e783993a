namespace DeepLearning.Onnx;

/// <summary><see cref="AlphaDropout"/> does nothing in inference, which is what a file is of.</summary>
internal static class AlphaDropoutOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<AlphaDropout>(static (_, graph) => graph.Input);
}
