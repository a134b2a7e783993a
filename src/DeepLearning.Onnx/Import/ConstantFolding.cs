using DeepLearning.Onnx.Schema;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx;

/// <summary>Nodes whose result does not depend on the input: constants, and constants copied, converted or transposed.</summary>
internal static class ConstantFolding
{
    /// <summary>Adds the result of a node to the constants, where it is one.</summary>
    public static void Fold(NodeProto node, Dictionary<string, OnnxConstant> known, ConstantReader reader)
    {
        if (node.OpType == "Constant") known.Add(node.Output[0], Read(node, reader));
        else if (node.Input.Count == 1 && known.TryGetValue(node.Input[0], out OnnxConstant? input) && Fold(node, input, reader) is { } result)
            known.Add(node.Output[0], result);
    }

    private static OnnxConstant? Fold(NodeProto node, OnnxConstant input, ConstantReader reader) => node.OpType switch
    {
        "Identity" => input,
        "Cast" => node.Integer("to", 0) switch
        {
            (long)DataType.Double => reader.Copied(node, input).Cast(toDouble: true),
            (long)DataType.Float => reader.Copied(node, input).Cast(toDouble: false),
            _ => null,
        },
        "Transpose" when input.Dimensions.Length == 2 => node.Find("perm") is not { } order || order.Ints.SequenceEqual([1, 0])
            ? reader.Copied(node, input).Transpose()
            : order.Ints.SequenceEqual([0, 1]) ? input : throw node.Wrong("has an order of dimensions that is none"),
        _ => null,
    };

    private static OnnxConstant Read(NodeProto node, ConstantReader reader)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            switch (attribute.Name)
            {
                case "value" when attribute.T is { } tensor: return reader.Read(tensor, node.Described());
                case "value_float" when attribute.HasF: return new OnnxConstant([], [attribute.F]);
                case "value_int" when attribute.HasI: return new OnnxConstant([], [attribute.I]);
                case "value_floats": return new OnnxConstant([attribute.Floats.Count], attribute.Floats.ToArray());
                case "value_ints": return new OnnxConstant([attribute.Ints.Count], attribute.Ints.ToArray());
            }
        }

        throw node.Wrong("has no value that can be read: value, value_float(s) and value_int(s) can");
    }
}
