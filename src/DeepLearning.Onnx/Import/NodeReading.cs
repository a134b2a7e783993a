using DeepLearning.Onnx.Schema;
using Kind = DeepLearning.Onnx.Schema.AttributeProto.Types.AttributeType;

namespace DeepLearning.Onnx;

/// <summary>What a node says of itself: its name for messages, and its attributes with their defaults.</summary>
internal static class NodeReading
{
    /// <summary>For messages: <c>node 'dense' (Gemm)</c>; a node without a name is known by what it makes.</summary>
    public static string Described(this NodeProto node)
        => node.Name.Length > 0 ? $"node '{node.Name}' ({node.OpType})" : $"the node ({node.OpType}) that makes '{node.Output.FirstOrDefault()}'";

    public static ModelFormatException Wrong(this NodeProto node, string message) => new($"{node.Described()} {message}");

    public static float Number(this NodeProto node, string name, float otherwise)
        => Find(node, name) is not { } found ? otherwise : found.HasF ? found.F : throw node.Wrong($"has an attribute {name} that is no number");

    public static long Integer(this NodeProto node, string name, long otherwise)
        => Find(node, name) is not { } found ? otherwise : found.HasI ? found.I : throw node.Wrong($"has an attribute {name} that is no whole number");

    public static string Text(this NodeProto node, string name, string otherwise)
        => Find(node, name) is not { } found ? otherwise : found.HasS ? found.S.ToStringUtf8() : throw node.Wrong($"has an attribute {name} that is no text");

    public static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name);

    /// <summary>Whether an attribute holds a graph of its own, as loops and branches have.</summary>
    public static bool HasGraph(this NodeProto node) => node.Attribute.Any(a => a.Type is Kind.Graph or Kind.Graphs);
}
