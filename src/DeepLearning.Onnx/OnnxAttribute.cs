using DeepLearning.Onnx.Schema;
using Google.Protobuf;
using Kind = DeepLearning.Onnx.Schema.AttributeProto.Types.AttributeType;

namespace DeepLearning;

/// <summary>A named constant of an ONNX node, such as the axis of a softmax.</summary>
public readonly struct OnnxAttribute
{
    private OnnxAttribute(AttributeProto proto) => Proto = proto;

    internal AttributeProto? Proto { get; }

    /// <summary>A number.</summary>
    /// <param name="name">Its name in the operator: <c>alpha</c>.</param>
    /// <param name="value">The number.</param>
    public static OnnxAttribute Of(string name, float value) => new(Named(name, new AttributeProto { Type = Kind.Float, F = value }));

    /// <summary>A whole number.</summary>
    /// <param name="name">Its name in the operator: <c>axis</c>.</param>
    /// <param name="value">The number.</param>
    public static OnnxAttribute Of(string name, long value) => new(Named(name, new AttributeProto { Type = Kind.Int, I = value }));

    /// <summary>A text.</summary>
    /// <param name="name">Its name in the operator: <c>mode</c>.</param>
    /// <param name="value">The text.</param>
    public static OnnxAttribute Of(string name, string value)
        => new(Named(name, new AttributeProto { Type = Kind.String, S = ByteString.CopyFromUtf8(value) }));

    /// <summary>Whole numbers.</summary>
    /// <param name="name">Their name in the operator: <c>axes</c>.</param>
    /// <param name="values">The numbers.</param>
    public static OnnxAttribute Of(string name, ReadOnlySpan<long> values)
    {
        var proto = new AttributeProto { Type = Kind.Ints };
        foreach (long value in values) proto.Ints.Add(value);
        return new OnnxAttribute(Named(name, proto));
    }

    private static AttributeProto Named(string name, AttributeProto proto)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        proto.Name = name;
        return proto;
    }
}
