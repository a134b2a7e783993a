using DeepLearning.Onnx.Schema;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx;

/// <summary>Nodes whose result does not depend on the input's values: constants, and computations on constants and shapes.</summary>
internal static class ConstantFolding
{
    /// <summary>The result of a node that takes nothing but constants; null if it cannot be computed, or no layer needs it.</summary>
    /// <exception cref="ModelFormatException">The node contradicts itself, or would exceed what the file may expand to.</exception>
    public static OnnxConstant? Fold(NodeProto node, OnnxGraph graph, ConstantReader reader)
    {
        if (node.OpType == "Constant") return Read(node, reader);
        if (node.Input.Count == 0 || graph.ConstantOf(node, 0) is not { } input) return null;
        return node.OpType switch
        {
            "Identity" => input,
            "Cast" => Cast(node, input, graph.OperatorSet, reader),
            "Shape" => ShapeFolding.Shape(node, input.Dimensions.Select(d => new WholeNumber(d))),
            "Size" => OnnxConstant.OfIntegers([], [input.Count]),
            "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten" => ShapeFolding.Reshaped(node, input, graph),
            "Transpose" or "Slice" or "Expand" or "Gather" or "Concat" => Rearranging.Fold(node, input, graph, reader),
            "ConstantOfShape" => Filled(node, input, reader),
            _ => ConstantArithmetic.Fold(node, graph, reader),
        };
    }

    /// <summary>The element type that a Cast converts to: a name before operator set 6, a number since.</summary>
    public static DataType TargetOf(NodeProto node, long operatorSet) => operatorSet >= 6
        ? (DataType)node.Integer("to", 0)
        : Enum.TryParse(node.Text("to", ""), ignoreCase: true, out DataType type) ? type : DataType.Undefined;

    private static OnnxConstant? Cast(NodeProto node, OnnxConstant input, long operatorSet, ConstantReader reader)
    {
        DataType to = TargetOf(node, operatorSet);
        if (to is DataType.Int64 or DataType.Int32)
        {
            // Fractions among shapes depend on how they are rounded; no layer needs them.
            bool fits = input.Wholes is { } wholes && (to == DataType.Int64 || Array.TrueForAll(wholes, w => w.Value is >= int.MinValue and <= int.MaxValue));
            return fits ? input : null;
        }

        if (to == DataType.Bool && input.Integers is { } truths) return OnnxConstant.OfIntegers(input.Dimensions, truths.Select(v => v == 0 ? 0L : 1));
        if (to is not (DataType.Float or DataType.Double)) return null;
        double[]? numbers = input.Doubles ?? input.Integers?.Select(v => (double)v).ToArray();
        if (numbers is null) return null;
        int[] dimensions = reader.Reserve(node, [.. input.Dimensions.Select(d => (long)d)], sizeof(double) + sizeof(float));
        // Whole numbers are converted to float directly: through double they would be rounded twice.
        if (to == DataType.Double) return new OnnxConstant(dimensions, numbers);
        float[] rounded = input.Integers is { } integers ? Array.ConvertAll(integers, v => (float)v) : Array.ConvertAll(numbers, v => (float)v);
        return new OnnxConstant(dimensions, rounded);
    }

    private static OnnxConstant Filled(NodeProto node, OnnxConstant shape, ConstantReader reader)
    {
        long[] target = shape.Integers ?? throw node.Wrong("makes a constant of a shape that depends on the batch size");
        OnnxConstant value = node.Find("value") is { T: { } tensor } ? reader.Read(tensor, node.Described()) : new OnnxConstant([1], [0f]);
        if (value.Count != 1) throw node.Wrong($"fills with {value.Count} values, not 1");
        int[] dimensions = reader.Reserve(node, target, value.Size + sizeof(int));
        return value.Picked(dimensions, new int[new Shape(dimensions).Size]);
    }

    private static OnnxConstant Read(NodeProto node, ConstantReader reader)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            switch (attribute.Name)
            {
                case "value" when attribute.T is { } tensor: return reader.Read(tensor, node.Described());
                case "value_float" when attribute.HasF: return new OnnxConstant([], [attribute.F]);
                case "value_int" when attribute.HasI: return OnnxConstant.OfIntegers([], [attribute.I]);
                case "value_floats": return new OnnxConstant([attribute.Floats.Count], attribute.Floats.ToArray());
                case "value_ints": return OnnxConstant.OfIntegers([attribute.Ints.Count], attribute.Ints);
            }
        }

        throw node.Wrong("has no value that can be read: value, value_float(s) and value_int(s) can");
    }
}
