namespace DeepLearning.Onnx;

/// <summary><see cref="LogSoftmax"/> is the operator LogSoftmax along one axis.</summary>
internal static class LogSoftmaxOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<LogSoftmax>(
        static (softmax, graph) => graph.Node("LogSoftmax", [graph.Input], OnnxAttribute.Of("axis", (long)softmax.Axis))) with
    {
        Operators = [new("LogSoftmax", ["axis"], static (node, graph, branch) => SoftmaxOnnx.Read(static axis => new LogSoftmax(axis), node, graph, branch))],
    };
}
