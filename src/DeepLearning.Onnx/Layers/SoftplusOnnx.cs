namespace DeepLearning.Onnx;

/// <summary><see cref="Softplus"/> is the operator Softplus, or log(1 + eˣ).</summary>
internal static class SoftplusOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of("Softplus", static () => new Softplus()) with
    {
        Formulas = [new(static () => new Softplus(), static v => v.Softplus(Formula.X))],
    };
}
