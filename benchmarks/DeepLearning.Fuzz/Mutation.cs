using System.Buffers.Binary;

namespace DeepLearning.Fuzz;

/// <summary>Changes a file in one to six places: bits, bytes, numbers at their limits, digits, pieces cut, repeated or taken from another file.</summary>
internal sealed class Mutation(Random random)
{
    private static readonly long[] Limits =
        [0, 1, -1, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue];

    private static readonly string[] Texts =
        ["-1", "0", "2147483648", "9223372036854775808", "1e308", "NaN", "null", "[]", "{}", "\"", "\\ud800", ",", ";", "\r", "\n", "\0", "é", "\u00FF", "?"];

    public byte[] Of(IReadOnlyList<byte[]> seeds)
    {
        byte[] file = [.. seeds[random.Next(seeds.Count)]];
        for (int changes = random.Next(1, 7); changes > 0; changes--) file = Changed(file, seeds[random.Next(seeds.Count)]);
        return file;
    }

    private byte[] Changed(byte[] file, byte[] other)
    {
        if (file.Length == 0) return [(byte)random.Next(256)];
        int at = random.Next(file.Length), length = Math.Min(file.Length - at, 1 << random.Next(8));
        switch (random.Next(9))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                return file;
            case 1:
                file[at] = (byte)random.Next(256);
                return file;
            case 2:
                WriteLimit(file.AsSpan(at));
                return file;
            case 3:
                return file[..at];
            case 4:
                return [.. file[..at], .. file[(at + length)..]];
            case 5:
                return [.. file[..(at + length)], .. file[at..]];
            case 6:
                int from = random.Next(other.Length);
                return [.. file[..at], .. other[from..Math.Min(other.Length, from + length)], .. file[(at + length)..]];
            case 7:
                return [.. file[..at], .. System.Text.Encoding.Latin1.GetBytes(Texts[random.Next(Texts.Length)]), .. file[at..]];
            default:
                return WithOtherNumber(file, at);
        }
    }

    private void WriteLimit(Span<byte> target)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        long value = Limits[random.Next(Limits.Length)];
        int width = 1 << random.Next(4);
        if (random.Next(2) == 0) BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else BinaryPrimitives.WriteInt64BigEndian(number, value << (64 - (8 * width)));
        number[..Math.Min(width, target.Length)].CopyTo(target);
    }

    /// <summary>The next number that is written in digits is another one.</summary>
    private byte[] WithOtherNumber(byte[] file, int at)
    {
        int begin = Array.FindIndex(file, at, b => b is >= (byte)'0' and <= (byte)'9');
        if (begin < 0) return file;
        int end = Array.FindIndex(file, begin, b => b is < (byte)'0' or > (byte)'9');
        string text = Limits[random.Next(Limits.Length)].ToString(System.Globalization.CultureInfo.InvariantCulture);
        return [.. file[..begin], .. System.Text.Encoding.ASCII.GetBytes(text), .. end < 0 ? [] : file[end..]];
    }
}
