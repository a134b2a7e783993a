using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>An operator that is a layer on its own.</summary>
/// <param name="Name">The operator: <c>Gemm</c>.</param>
/// <param name="Attributes">The attributes that it has had in any operator set: the effect of an unknown one would be lost.</param>
/// <param name="Read">Adds the layer to a branch; throws a <see cref="ModelFormatException"/> if it cannot be expressed.</param>
internal sealed record OnnxOperator(string Name, string[] Attributes, Action<NodeProto, OnnxGraph, LayerBranch> Read)
{
    /// <summary>Whether it takes whole numbers too, since it only moves values; false by default.</summary>
    public bool TakesIntegers { get; init; }

    /// <summary>Which of its inputs is the computed value; the first by default.</summary>
    public int Place { get; init; }

    /// <summary>An operator that is one layer without weights.</summary>
    public OnnxOperator(string name, string[] attributes, Func<NodeProto, OnnxGraph, Layer> make)
        : this(name, attributes, (node, graph, branch) => branch.Add(make(node, graph)))
    {
    }
}
