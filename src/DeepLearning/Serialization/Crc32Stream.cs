namespace DeepLearning;

/// <summary>Passes a stream through and computes its CRC-32 (ISO 3309, as in zip archives, whose reader does not compare it).</summary>
internal sealed class Crc32Stream(Stream source) : PassingStream
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Shifted((uint)i))];

    private uint state = uint.MaxValue;

    public uint Checksum => ~state;

    public override int Read(Span<byte> buffer)
    {
        int count = source.Read(buffer);
        foreach (byte value in buffer[..count]) state = Table[(byte)(state ^ value)] ^ (state >> 8);
        return count;
    }

    private static uint Shifted(uint value)
    {
        for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        return value;
    }
}
