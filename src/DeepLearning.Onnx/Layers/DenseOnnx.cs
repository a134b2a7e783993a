using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="Dense"/> is a product with a constant matrix, Gemm or MatMul, followed by the bias.</summary>
internal static class DenseOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Dense>(Write) with
    {
        Operators = [new("Gemm", ["alpha", "beta", "broadcast", "transA", "transB"], ReadGemm), new("MatMul", [], ReadMatMul)],
    };

    /// <summary>Gemm takes only matrices; over the last of several dimensions it is MatMul and Add.</summary>
    private static string Write(Dense dense, OnnxLayerWriter graph)
    {
        string kernel = graph.Parameter("kernel");
        string? bias = dense.UseBias ? graph.Parameter("bias") : null;
        if (graph.InputShape.Rank == 1) return graph.Node("Gemm", bias is null ? [graph.Input, kernel] : [graph.Input, kernel, bias]);
        string product = graph.Node("MatMul", [graph.Input, kernel]);
        return bias is null ? product : graph.Node("Add", [product, bias]);
    }

    /// <summary>alpha·A·B + beta·C, where A is computed.</summary>
    private static void ReadGemm(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        if (node.Integer("transA", 0) != 0) throw node.Wrong("transposes the batch");
        if (branch.Sample.Rank != 1) throw node.Wrong($"takes matrices, but a sample here has the shape {branch.Sample}");
        OnnxConstant kernel = Matrix(node, graph);
        var product = new DenseProduct(kernel, node.Integer("transB", 0) != 0, node.Number("alpha", 1f));
        RequireInputs(node, product, branch.Sample);
        if (graph.ConstantOf(node, 2) is not { } bias)
        {
            branch.Add(product);
            return;
        }

        if (graph.OperatorSet < 7) bias = OldBroadcast.Aligned(node, bias, [(int)(graph.FixedBatch ?? 0), product.Units]);
        if (!product.MayAdd(bias, 2)) throw node.Wrong($"adds a constant of shape {new Shape(bias.Dimensions)} to {product.Units} units");
        branch.Add(product with { Bias = bias, Beta = node.Number("beta", 1f) });
    }

    /// <summary>A·B, where A is computed.</summary>
    private static void ReadMatMul(NodeProto node, OnnxGraph graph, LayerBranch branch)
    {
        if (branch.Sample.Rank == 0) throw node.Wrong("takes matrices, but a sample here is a single number");
        var product = new DenseProduct(Matrix(node, graph));
        RequireInputs(node, product, branch.Sample);
        branch.Add(product);
    }

    private static OnnxConstant Matrix(NodeProto node, OnnxGraph graph)
        => graph.RequireConstant(node, 1) is { Dimensions: [>= 1, >= 1] } kernel
            ? kernel
            : throw node.Wrong($"multiplies by a constant of shape {new Shape(graph.RequireConstant(node, 1).Dimensions)}; a matrix is expected");

    private static void RequireInputs(NodeProto node, DenseProduct product, Shape sample)
    {
        if (product.Inputs != sample[^1]) throw node.Wrong($"multiplies samples of shape {sample} by a matrix of {product.Inputs} rows");
        if (product.Kernel.Wholes is not null) throw node.Wrong("multiplies by whole numbers");
    }
}
