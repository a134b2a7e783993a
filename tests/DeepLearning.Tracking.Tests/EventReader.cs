using System.Buffers.Binary;
using System.Text;

namespace DeepLearning.Tracking.Tests;

/// <summary>
/// Reads event files without the code that writes them: the framing as tensorboard/compat/tensorflow_stub/pywrap_tensorflow.py checks it, with a CRC-32C bit
/// by bit, and the wire format of Protocol Buffers by hand.
/// </summary>
internal static class EventReader
{
    /// <summary>A value of an event; the version of the file as a tag without a number.</summary>
    public sealed record Value(string Tag, long Step, double WallTime, float Scalar, double[]? Limits, double[]? Counts, double[]? Moments);

    public static IReadOnlyList<Value> Read(string path)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        var values = new List<Value>();
        while (!file.IsEmpty)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
            BinaryPrimitives.ReadUInt32LittleEndian(file[8..]).Should().Be(Masked(file[..8]));
            ReadOnlySpan<byte> data = file.Slice(12, length);
            BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + length)..]).Should().Be(Masked(data));
            values.AddRange(Event(data));
            file = file[(16 + length)..];
        }

        return values;
    }

    /// <summary>Divides by the reflected polynomial of Castagnoli, bit by bit.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        return crc ^ 0xFFFFFFFF;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = Crc32C(bytes);
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    private static List<Value> Event(ReadOnlySpan<byte> data)
    {
        List<(int Field, byte[] Bytes)> fields = Fields(data);
        double time = BitConverter.ToDouble(fields.Single(f => f.Field == 1).Bytes);
        long step = fields.Where(f => f.Field == 2).Select(f => BitConverter.ToInt64(f.Bytes)).SingleOrDefault();
        if (fields.SingleOrDefault(f => f.Field == 3).Bytes is { } version)
            return [new Value(Encoding.UTF8.GetString(version), step, time, 0, null, null, null)];
        return [.. Fields(fields.Single(f => f.Field == 5).Bytes).Select(v => OfSummary(v.Bytes, step, time))];
    }

    private static Value OfSummary(byte[] data, long step, double time)
    {
        List<(int Field, byte[] Bytes)> fields = Fields(data);
        string tag = Encoding.UTF8.GetString(fields.Single(f => f.Field == 1).Bytes);
        byte[]? scalar = fields.SingleOrDefault(f => f.Field == 2).Bytes, histogram = fields.SingleOrDefault(f => f.Field == 5).Bytes;
        if (histogram is null) return new Value(tag, step, time, BitConverter.ToSingle(scalar), null, null, null);
        List<(int Field, byte[] Bytes)> parts = Fields(histogram);
        double[] moments =
            [.. Enumerable.Range(1, 5).Select(i => parts.Where(p => p.Field == i).Select(p => BitConverter.ToDouble(p.Bytes)).SingleOrDefault())];
        return new Value(tag, step, time, 0, Doubles(parts.Single(p => p.Field == 6).Bytes), Doubles(parts.Single(p => p.Field == 7).Bytes), moments);
    }

    private static double[] Doubles(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BitConverter.ToDouble(bytes, 8 * i))];

    private static List<(int Field, byte[] Bytes)> Fields(ReadOnlySpan<byte> data)
    {
        var fields = new List<(int, byte[])>();
        while (!data.IsEmpty)
        {
            ulong key = Varint(ref data);
            byte[] bytes = (key & 7) switch
            {
                0 => BitConverter.GetBytes(Varint(ref data)),
                1 => Take(ref data, 8),
                2 => Take(ref data, (int)Varint(ref data)),
                5 => Take(ref data, 4),
                ulong kind => throw new InvalidDataException($"Wire type {kind}."),
            };
            fields.Add(((int)(key >> 3), bytes));
        }

        return fields;
    }

    private static byte[] Take(ref ReadOnlySpan<byte> data, int count)
    {
        byte[] taken = data[..count].ToArray();
        data = data[count..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> data)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = data[0];
            data = data[1..];
            value |= (ulong)(b & 127) << shift;
            if (b < 128) return value;
        }
    }
}
