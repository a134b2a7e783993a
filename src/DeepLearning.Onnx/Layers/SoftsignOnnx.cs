namespace DeepLearning.Onnx;

/// <summary><see cref="Softsign"/> is the operator Softsign.</summary>
internal static class SoftsignOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of("Softsign", static () => new Softsign());
}
