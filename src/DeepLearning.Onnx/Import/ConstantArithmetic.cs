using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>Arithmetic with constants alone, as exporters leave it in a graph.</summary>
internal static class ConstantArithmetic
{
    /// <summary>The result of a node, or null for any other operator.</summary>
    public static OnnxConstant? Fold(NodeProto node, OnnxGraph graph, ConstantReader reader)
    {
        OnnxConstant first = graph.RequireConstant(node, 0);
        if (Unary(node.OpType) is { } function) return Apply(node, first, function, reader);
        if (node.OpType == "Sum" && node.Input.Count == 1) return first;
        if (node.OpType is not ("Add" or "Sub" or "Mul" or "Div" or "Pow" or "Sum") || node.Input.Count != 2) return null;
        OnnxConstant second = graph.RequireConstant(node, 1);
        if (graph.OperatorSet < 7) second = OldBroadcast.Aligned(node, second, first.Dimensions);
        int rank = Math.Max(first.Dimensions.Length, second.Dimensions.Length);
        int[] a = [.. Enumerable.Repeat(1, rank - first.Dimensions.Length), .. first.Dimensions];
        int[] b = [.. Enumerable.Repeat(1, rank - second.Dimensions.Length), .. second.Dimensions];
        long[] shape = [.. a.Zip(b, (m, n) => (long)(m == 1 ? n : m))];
        // Two results of 8 or 16 bytes and the positions in both inputs.
        int[] dimensions = reader.Reserve(node, shape, 2 * Math.Max(first.Size, second.Size) + 2 * sizeof(int));
        if (Places.Spread(first.Dimensions, dimensions) is not { } left || Places.Spread(second.Dimensions, dimensions) is not { } right)
            throw node.Wrong($"takes constants of the shapes {new Shape(first.Dimensions)} and {new Shape(second.Dimensions)}, which do not fit each other");
        return Combine(node, first.Picked(dimensions, Places.Of(dimensions, left)), second.Picked(dimensions, Places.Of(dimensions, right)));
    }

    private static OnnxConstant? Combine(NodeProto node, OnnxConstant first, OnnxConstant second)
    {
        if (first.Wholes is { } wholes && second.Wholes is { } others)
        {
            WholeNumber?[] results = [.. wholes.Zip(others, (a, b) => WholeNumber.Compute(node.OpType, a, b))];
            return Array.TrueForAll(results, r => r is not null) ? new OnnxConstant(first.Dimensions, Array.ConvertAll(results, r => r!.Value)) : null;
        }

        // A power may have a whole exponent; everything else has one type throughout.
        double[]? x = first.Doubles, y = second.Doubles ?? (node.OpType == "Pow" ? second.Integers?.Select(v => (double)v).ToArray() : null);
        if (x is null || y is null) return null;
        Func<double, double, double> compute = node.OpType switch
        {
            "Add" or "Sum" => (a, b) => a + b,
            "Sub" => (a, b) => a - b,
            "Mul" => (a, b) => a * b,
            "Div" => (a, b) => a / b,
            _ => Math.Pow,
        };
        for (int i = 0; i < x.Length; i++) x[i] = compute(x[i], y[i]);
        return Rounded(first, x);
    }

    private static OnnxConstant? Apply(NodeProto node, OnnxConstant input, Func<double, double> function, ConstantReader reader)
    {
        if (input.Doubles is not { } numbers) return null;
        reader.Reserve(node, [.. input.Dimensions.Select(d => (long)d)], 2 * sizeof(double));
        return Rounded(input, Array.ConvertAll(numbers, v => function(v)));
    }

    /// <summary>In double, and rounded once: for the four operations and the root this equals float arithmetic bit for bit.</summary>
    private static OnnxConstant Rounded(OnnxConstant like, double[] results)
        => like.IsDouble ? new OnnxConstant(like.Dimensions, results) : new OnnxConstant(like.Dimensions, Array.ConvertAll(results, v => (float)v));

    private static Func<double, double>? Unary(string operatorType) => operatorType switch
    {
        "Abs" => Math.Abs,
        "Exp" => Math.Exp,
        "Log" => Math.Log,
        "Neg" => v => -v,
        "Reciprocal" => v => 1 / v,
        "Sqrt" => Math.Sqrt,
        _ => null,
    };
}
