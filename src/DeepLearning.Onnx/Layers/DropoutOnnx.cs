using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="Dropout"/> does nothing in inference, and is not written; the operator Dropout is read.</summary>
internal static class DropoutOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Dropout>(static (_, graph) => graph.Input) with
    {
        Operators = [new("Dropout", ["is_test", "ratio", "seed"], Read)],
    };

    /// <summary>Whether it drops values in inference too was an attribute before operator set 7, and is an input since 12, like the rate.</summary>
    private static Dropout Read(NodeProto node, OnnxGraph graph)
    {
        string? drops = graph.OperatorSet switch
        {
            < 7 when node.Integer("is_test", 0) == 0 => "is_test is 0",
            >= 12 when graph.ConstantOf(node, 2) is { Integers: not [0] } => "training_mode is true",
            _ => null,
        };
        float rate = node.Number("ratio", 0.5f);
        if (graph.OperatorSet >= 12 && graph.ConstantOf(node, 1) is { } constant)
            rate = constant.Floats is [var number] ? number : throw node.Wrong("has a ratio that is not a single number");
        if (rate is not (>= 0 and < 1))
            throw node.Wrong($"has the ratio {rate}; expected one in [0, 1). In predictions the node changes nothing: export the model without it");
        return drops is null || rate == 0
            ? new Dropout(rate)
            : throw node.Wrong($"drops values in predictions too ({drops}): export the model in evaluation mode");
    }
}
