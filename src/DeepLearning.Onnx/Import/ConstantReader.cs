using System.Buffers.Binary;
using DeepLearning.Onnx.Schema;
using Google.Protobuf.Collections;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx;

/// <summary>Tensors of a file as numbers, from each of the places where the format may keep them.</summary>
/// <param name="folder">Where files with weights may lie; null where there is no such place.</param>
/// <param name="budget">What may be allocated.</param>
internal sealed class ConstantReader(string? folder, ByteBudget budget)
{
    /// <exception cref="ModelFormatException">The tensor contradicts itself, or has an element type that no layer here takes.</exception>
    public OnnxConstant Read(TensorProto tensor, string what)
    {
        int[] dimensions = DimensionsOf(tensor, what);
        int count = new Shape(dimensions).Count;
        if (tensor.Segment is not null) throw new ModelFormatException($"{what} is stored in segments, which are not read here");
        return (DataType)tensor.DataType switch
        {
            DataType.Float => new(dimensions, Read(tensor, what, count, 4, BinaryPrimitives.ReadSingleLittleEndian, tensor.FloatData, v => v)),
            DataType.Double => new(dimensions, Read(tensor, what, count, 8, BinaryPrimitives.ReadDoubleLittleEndian, tensor.DoubleData, v => v)),
            DataType.Float16 => new(dimensions, Read(tensor, what, count, 2, Half, tensor.Int32Data, v => (float)BitConverter.Int16BitsToHalf((short)v))),
            DataType.Bfloat16 => new(dimensions, Read(tensor, what, count, 2, BrainFloat, tensor.Int32Data, v => BitConverter.Int32BitsToSingle(v << 16))),
            DataType.Int64 => new(dimensions, Read(tensor, what, count, 8, BinaryPrimitives.ReadInt64LittleEndian, tensor.Int64Data, v => v)),
            DataType.Int32 => new(dimensions, Read(tensor, what, count, 4, Integer, tensor.Int32Data, v => (long)v)),
            var other => throw new ModelFormatException($"{what} has the element type {other}; FLOAT, DOUBLE, FLOAT16, BFLOAT16, INT64 and INT32 are read"),
        };
    }

    /// <summary>Counts a copy of a constant that a node asks for.</summary>
    public OnnxConstant Copied(NodeProto node, OnnxConstant source)
    {
        budget.Take(source.Count, sizeof(double), node.Described());
        return source;
    }

    private delegate T Decoder<T>(ReadOnlySpan<byte> bytes);

    private static float Half(ReadOnlySpan<byte> bytes) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);

    private static float BrainFloat(ReadOnlySpan<byte> bytes) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16);

    private static long Integer(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    private static int[] DimensionsOf(TensorProto tensor, string what)
    {
        foreach (long d in tensor.Dims)
            if (d is < 0 or > int.MaxValue) throw new ModelFormatException($"{what} has a dimension of {d}");
        int[] dimensions = [.. tensor.Dims.Select(d => (int)d)];
        try
        {
            _ = new Shape(dimensions);
            return dimensions;
        }
        catch (Exception tooLarge) when (tooLarge is OverflowException or ArgumentOutOfRangeException)
        {
            throw new ModelFormatException($"{what}: {tooLarge.Message}", tooLarge);
        }
    }

    private T[] Read<T, TStored>(
        TensorProto tensor, string what, int count, int size, Decoder<T> decode, RepeatedField<TStored> stored, Func<TStored, T> convert)
    {
        budget.Take(count, Math.Max(size, sizeof(float)), what);
        long bytes = (long)count * size;
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            return Decode(ExternalData.Read(tensor.ExternalData, folder, bytes, what), size, decode);
        if (!tensor.HasRawData && stored.Count == count) return [.. stored.Select(convert)];
        return tensor.HasRawData && tensor.RawData.Length == bytes
            ? Decode(tensor.RawData.Span, size, decode)
            : throw new ModelFormatException(
                $"{what} of shape [{string.Join(", ", tensor.Dims)}] takes {count:N0} values of {size} bytes, "
                + (tensor.HasRawData ? $"got {tensor.RawData.Length:N0} bytes" : $"got {stored.Count:N0} values"));
    }

    private static T[] Decode<T>(ReadOnlySpan<byte> bytes, int size, Decoder<T> decode)
    {
        var values = new T[bytes.Length / size];
        for (int i = 0; i < values.Length; i++) values[i] = decode(bytes.Slice(i * size, size));
        return values;
    }
}
