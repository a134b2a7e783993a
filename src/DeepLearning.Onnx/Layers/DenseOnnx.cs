using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary><see cref="Dense"/> is a product with a constant matrix, Gemm or MatMul, and the bias behind it.</summary>
internal static class DenseOnnx
{
    public static OnnxLayer Definition { get; } = OnnxLayer.Of<Dense>(Write) with
    {
        Operators = [new("Gemm", ["alpha", "beta", "broadcast", "transA", "transB"], ReadGemm), new("MatMul", [], ReadMatMul)],
    };

    /// <summary>Takes a constant that is added to the chain as the bias of its last layer, where it is one.</summary>
    public static bool TryReadBias(OnnxConstant constant, LayerChain chain)
    {
        if (chain.UnitsWithoutBias is not { } units || Bias(constant, units, chain.Sample.Rank + 1) is not { } bias) return false;
        chain.AddBias(bias);
        return true;
    }

    /// <summary>Gemm knows matrices only; over the last of several dimensions it is MatMul and Add.</summary>
    private static string Write(Dense dense, OnnxLayerWriter graph)
    {
        string kernel = graph.Parameter("kernel");
        string? bias = dense.UseBias ? graph.Parameter("bias") : null;
        if (graph.InputShape.Rank == 1) return graph.Node("Gemm", bias is null ? [graph.Input, kernel] : [graph.Input, kernel, bias]);
        string product = graph.Node("MatMul", [graph.Input, kernel]);
        return bias is null ? product : graph.Node("Add", [product, bias]);
    }

    /// <summary>alpha·A·B + beta·C, where A is computed.</summary>
    private static void ReadGemm(NodeProto node, OnnxGraph graph, LayerChain chain)
    {
        if (node.Integer("transA", 0) != 0) throw node.Wrong("transposes the batch");
        if (chain.Sample.Rank != 1) throw node.Wrong($"takes matrices, but a sample here has the shape {chain.Sample}");
        OnnxConstant kernel = Matrix(node, graph);
        bool turned = node.Integer("transB", 0) != 0;
        (int inputs, int units) = turned ? (kernel.Dimensions[1], kernel.Dimensions[0]) : (kernel.Dimensions[0], kernel.Dimensions[1]);
        float[] weights = Weights(node, kernel, inputs, chain.Sample);
        weights = Times(turned ? Transposed(weights, units, inputs) : weights, node.Number("alpha", 1f));
        float[]? bias = null;
        if (graph.ConstantOf(node, 2) is { } constant)
        {
            if (graph.OperatorSet < 7) constant = OldBroadcast.Aligned(node, constant, [(int)(graph.FixedBatch ?? 0), units]);
            bias = Bias(constant, units, 2) ?? throw node.Wrong($"adds a constant of shape {new Shape(constant.Dimensions)} to {units} units");
            bias = Times(bias, node.Number("beta", 1f));
        }

        chain.AddDense(weights, units, bias);
    }

    /// <summary>A·B, where A is computed.</summary>
    private static void ReadMatMul(NodeProto node, OnnxGraph graph, LayerChain chain)
    {
        if (chain.Sample.Rank == 0) throw node.Wrong("takes matrices, but a sample here is a single number");
        OnnxConstant kernel = Matrix(node, graph);
        chain.AddDense(Weights(node, kernel, kernel.Dimensions[0], chain.Sample), kernel.Dimensions[1], null);
    }

    private static OnnxConstant Matrix(NodeProto node, OnnxGraph graph)
        => graph.RequireConstant(node, 1) is { Dimensions: [>= 1, >= 1] } kernel
            ? kernel
            : throw node.Wrong($"multiplies by a constant of shape {new Shape(graph.RequireConstant(node, 1).Dimensions)}; a matrix is expected");

    private static float[] Weights(NodeProto node, OnnxConstant kernel, int inputs, Shape sample)
        => inputs != sample[^1]
            ? throw node.Wrong($"multiplies samples of shape {sample} by a matrix of {inputs} rows")
            : kernel.Floats ?? throw node.Wrong("multiplies by whole numbers");

    private static float[] Transposed(float[] matrix, int rows, int columns)
    {
        var result = new float[matrix.Length];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) result[c * rows + r] = matrix[r * columns + c];
        return result;
    }

    /// <summary>A constant that is the same for all rows, as one number a unit; null where it is something else.</summary>
    private static float[]? Bias(OnnxConstant constant, int units, int rank)
    {
        int[] d = constant.Dimensions;
        bool isRow = d.Length <= rank && d.SkipLast(1).All(n => n == 1) && (constant.Count == units || constant.Count == 1);
        if (!isRow || constant.Floats is not { } values) return null;
        return values.Length == units ? values : [.. Enumerable.Repeat(values[0], units)];
    }

    private static float[] Times(float[] values, float factor) => factor == 1f ? values : Array.ConvertAll(values, v => v * factor);
}
