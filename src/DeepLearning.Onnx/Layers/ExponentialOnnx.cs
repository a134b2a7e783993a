namespace DeepLearning.Onnx;

/// <summary><see cref="Exponential"/> is the operator Exp.</summary>
internal static class ExponentialOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of("Exp", static () => new Exponential());
}
