namespace DeepLearning.Onnx;

/// <summary><see cref="LogSoftmax"/> is the operator LogSoftmax along the last axis.</summary>
internal static class LogSoftmaxOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<LogSoftmax>(
        static (_, graph) => graph.Node("LogSoftmax", [graph.Input], OnnxAttribute.Of("axis", -1))) with
    {
        Operators = [new("LogSoftmax", ["axis"], static (node, graph, branch) => SoftmaxOnnx.Read(new LogSoftmax(), node, graph, branch))],
    };
}
