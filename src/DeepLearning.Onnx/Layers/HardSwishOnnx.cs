namespace DeepLearning.Onnx;

/// <summary><see cref="HardSwish"/> is the operator HardSwish, or x·clamp(x/6 + ½).</summary>
internal static class HardSwishOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of("HardSwish", static () => new HardSwish()) with
    {
        Formulas = [new(static () => new HardSwish(), static v => Formula.X * v.Clamp(Formula.X * (1.0 / 6) + Formula.Constant(0.5)))],
    };
}
