namespace DeepLearning.Onnx;

/// <summary><see cref="Tanh"/> is the operator Tanh.</summary>
internal static class TanhOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of("Tanh", static () => new Tanh());
}
