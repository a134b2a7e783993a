using System.Buffers.Binary;
using DeepLearning.Onnx.Schema;
using Google.Protobuf.Collections;
using DataType = DeepLearning.Onnx.Schema.TensorProto.Types.DataType;

namespace DeepLearning.Onnx;

/// <summary>Tensors of a file as numbers, from any of the places where the format may store them.</summary>
/// <param name="model">The path of the model, beside which weight files may be; null if there is none.</param>
/// <param name="budget">What may be allocated.</param>
internal sealed class ConstantReader(string? model, ByteBudget budget)
{
    /// <exception cref="ModelFormatException">The tensor contradicts itself, or has an element type that no layer here takes.</exception>
    public OnnxConstant Read(TensorProto tensor, string what)
    {
        int[] dimensions = Checked([.. tensor.Dims], what);
        int count = new Shape(dimensions).Size;
        if (tensor.Segment is not null) throw new ModelFormatException($"{what} is stored in segments, which are not read here");
        return (DataType)tensor.DataType switch
        {
            DataType.Float => new(dimensions, Read(tensor, what, count, 4, BinaryPrimitives.ReadSingleLittleEndian, tensor.FloatData, v => v)),
            DataType.Double => new(dimensions, Read(tensor, what, count, 8, BinaryPrimitives.ReadDoubleLittleEndian, tensor.DoubleData, v => v)),
            DataType.Float16 => new(dimensions, Read(tensor, what, count, 2, Half, tensor.Int32Data, v => (float)BitConverter.Int16BitsToHalf((short)v))),
            DataType.Bfloat16 => new(dimensions, Read(tensor, what, count, 2, BrainFloat, tensor.Int32Data, v => BitConverter.Int32BitsToSingle(v << 16))),
            DataType.Int64 => new(dimensions, Read(tensor, what, count, 8, Long, tensor.Int64Data, v => new WholeNumber(v))),
            DataType.Int32 => new(dimensions, Read(tensor, what, count, 4, Integer, tensor.Int32Data, v => new WholeNumber(v))),
            DataType.Bool => new(dimensions, Read(tensor, what, count, 1, b => new WholeNumber(b[0]), tensor.Int32Data, v => new WholeNumber(v))),
            var other => throw new ModelFormatException(
                $"{what} has the element type {other}; FLOAT, DOUBLE, FLOAT16, BFLOAT16, INT64, INT32 and BOOL are read"),
        };
    }

    /// <summary>Dimensions that a node requests, counted before anything of that size is allocated.</summary>
    /// <exception cref="ModelFormatException">There is no such shape, or it exceeds what the file may expand to.</exception>
    public int[] Reserve(NodeProto node, IReadOnlyList<long> dimensions, int size)
    {
        int[] checkedDimensions = Checked(dimensions, node.Described());
        budget.Take(new Shape(checkedDimensions).Size, size, node.Described());
        return checkedDimensions;
    }

    private delegate T Decoder<T>(ReadOnlySpan<byte> bytes);

    private static float Half(ReadOnlySpan<byte> bytes) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);

    private static float BrainFloat(ReadOnlySpan<byte> bytes) => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16);

    private static WholeNumber Long(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt64LittleEndian(bytes));

    private static WholeNumber Integer(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt32LittleEndian(bytes));

    private static int[] Checked(IReadOnlyList<long> claimed, string what)
    {
        foreach (long d in claimed)
            if (d is < 0 or > int.MaxValue) throw new ModelFormatException($"{what} has a dimension of {d}");
        int[] dimensions = [.. claimed.Select(d => (int)d)];
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
        long bytes = (long)count * size;
        int made = Math.Max(size, typeof(T) == typeof(WholeNumber) ? 2 * sizeof(long) : sizeof(float));
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            using FileStream file = ExternalData.Open(tensor.ExternalData, model, bytes, what);
            budget.Hold(file.Name, file.Length);
            budget.Take(count, made + size, what);
            return Decode(ExternalData.Read(file, bytes, what), size, decode);
        }

        bool isThere = tensor.HasRawData ? tensor.RawData.Length == bytes : stored.Count == count;
        if (!isThere)
        {
            throw new ModelFormatException(
                $"{what} of shape [{string.Join(", ", tensor.Dims)}] takes {count:N0} values of {size} bytes, "
                + (tensor.HasRawData ? $"got {tensor.RawData.Length:N0} bytes" : $"got {stored.Count:N0} values"));
        }

        budget.Take(count, made, what);
        return tensor.HasRawData ? Decode(tensor.RawData.Span, size, decode) : [.. stored.Select(convert)];
    }

    private static T[] Decode<T>(ReadOnlySpan<byte> bytes, int size, Decoder<T> decode)
    {
        var values = new T[bytes.Length / size];
        for (int i = 0; i < values.Length; i++) values[i] = decode(bytes.Slice(i * size, size));
        return values;
    }
}
