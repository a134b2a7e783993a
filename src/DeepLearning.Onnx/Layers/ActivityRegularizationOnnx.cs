namespace DeepLearning.Onnx;

/// <summary><see cref="ActivityRegularization"/> changes the loss alone, and is not written.</summary>
internal static class ActivityRegularizationOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<ActivityRegularization>(static (_, graph) => graph.Input);
}
