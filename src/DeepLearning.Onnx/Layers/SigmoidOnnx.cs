namespace DeepLearning.Onnx;

/// <summary><see cref="Sigmoid"/> is the operator Sigmoid.</summary>
internal static class SigmoidOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of("Sigmoid", static () => new Sigmoid());
}
