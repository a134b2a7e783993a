namespace DeepLearning.Onnx;

/// <summary><see cref="Relu"/> is the operator Relu.</summary>
internal static class ReluOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of("Relu", static () => new Relu());
}
