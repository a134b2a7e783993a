using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>An operator that makes one value of several computed ones.</summary>
/// <param name="Name">The operator: <c>Concat</c>.</param>
/// <param name="Make">Makes the layer of a node whose first value has so many dimensions, the batch included.</param>
internal sealed record OnnxMerge(string Name, Func<NodeProto, OnnxGraph, int, MergeLayer> Make)
{
    /// <summary>Whether it takes whole numbers too; false by default.</summary>
    public bool TakesIntegers { get; init; }
}
