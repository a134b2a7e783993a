using System.Buffers.Binary;
using DeepLearning.Onnx.Schema;
using Google.Protobuf;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx;

/// <summary>Numbers as ONNX tensors: little-endian bytes, row-major.</summary>
internal static class TensorEncoding
{
    public static TensorProto Of(string name, ReadOnlySpan<float> values, Shape shape)
    {
        var bytes = new byte[checked(values.Length * sizeof(float))];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return Of(name, DataType.Float, bytes, values.Length, shape);
    }

    public static TensorProto Of(string name, ReadOnlySpan<double> values, Shape shape)
    {
        var bytes = new byte[checked(values.Length * sizeof(double))];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return Of(name, DataType.Double, bytes, values.Length, shape);
    }

    public static TensorProto Of(string name, ReadOnlySpan<long> values)
    {
        var bytes = new byte[checked(values.Length * sizeof(long))];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return Of(name, DataType.Int64, bytes, values.Length, [values.Length]);
    }

    private static TensorProto Of(string name, DataType type, byte[] bytes, int count, Shape shape)
    {
        if (shape.Size != count) throw new ShapeMismatchException($"{name} of shape {shape} holds {shape.Size} values, got {count}.", nameof(shape));
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (int dimension in shape) tensor.Dims.Add(dimension);
        return tensor;
    }
}
