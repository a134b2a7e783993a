using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>An operator that makes one value from several computed ones.</summary>
/// <param name="Name">The operator: <c>Concat</c>.</param>
/// <param name="Make">Creates the layer for a node whose first value has this many dimensions, including the batch.</param>
internal sealed record OnnxMerge(string Name, Func<NodeProto, OnnxGraph, int, MergeLayer> Make)
{
    /// <summary>Whether it takes whole numbers too; false by default.</summary>
    public bool TakesIntegers { get; init; }
}
