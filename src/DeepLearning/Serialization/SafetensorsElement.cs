using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DeepLearning;

/// <summary>The element types of a safetensors file that become float32, with their conversions. Integers beyond 2²⁴ and doubles are rounded.</summary>
internal sealed record SafetensorsElement(string Name, int Size, Action<ReadOnlyMemory<byte>, Memory<float>> Convert)
{
    private static readonly SafetensorsElement[] All =
    [
        new("F32", 4, static (bytes, values) =>
        {
            MemoryMarshal.Cast<byte, float>(bytes.Span).CopyTo(values.Span);
            if (!BitConverter.IsLittleEndian) Reverse(values.Span);
        }),
        new("F64", 8, static (b, v) => Each(b, v, 8, static e => (float)BinaryPrimitives.ReadDoubleLittleEndian(e))),
        new("F16", 2, static (b, v) => Each(b, v, 2, static e => (float)BinaryPrimitives.ReadHalfLittleEndian(e))),
        new("BF16", 2, static (b, v) => Each(b, v, 2, static e => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(e) << 16))),
        new("I64", 8, static (b, v) => Each(b, v, 8, static e => BinaryPrimitives.ReadInt64LittleEndian(e))),
        new("U64", 8, static (b, v) => Each(b, v, 8, static e => BinaryPrimitives.ReadUInt64LittleEndian(e))),
        new("I32", 4, static (b, v) => Each(b, v, 4, static e => BinaryPrimitives.ReadInt32LittleEndian(e))),
        new("U32", 4, static (b, v) => Each(b, v, 4, static e => BinaryPrimitives.ReadUInt32LittleEndian(e))),
        new("I16", 2, static (b, v) => Each(b, v, 2, static e => BinaryPrimitives.ReadInt16LittleEndian(e))),
        new("U16", 2, static (b, v) => Each(b, v, 2, static e => BinaryPrimitives.ReadUInt16LittleEndian(e))),
        new("I8", 1, static (b, v) => Each(b, v, 1, static e => (sbyte)e[0])),
        new("U8", 1, static (b, v) => Each(b, v, 1, static e => e[0])),
        new("BOOL", 1, static (b, v) => Each(b, v, 1, static e => e[0] == 0 ? 0f : 1f)),
    ];

    private delegate float Reading(ReadOnlySpan<byte> element);

    /// <summary>The type of this name, or null.</summary>
    public static SafetensorsElement? Find(string name) => Array.Find(All, e => e.Name == name);

    /// <summary>For messages: every name.</summary>
    public static string Names => string.Join(", ", All.Select(e => e.Name));

    /// <summary>Turns floats of the machine's byte order into those of the file, or back.</summary>
    public static void Reverse(Span<float> values)
    {
        Span<int> bits = MemoryMarshal.Cast<float, int>(values);
        BinaryPrimitives.ReverseEndianness(bits, bits);
    }

    private static void Each(ReadOnlyMemory<byte> bytes, Memory<float> values, int size, Reading read)
    {
        ReadOnlySpan<byte> from = bytes.Span;
        Span<float> to = values.Span;
        for (int i = 0; i < to.Length; i++) to[i] = read(from.Slice(i * size, size));
    }
}
