namespace DeepLearning;

/// <summary>Passes a stream on and keeps the CRC-32 of what has gone through (ISO 3309, as in zip archives, whose reader does not compare it).</summary>
internal sealed class Crc32Stream(Stream source) : Stream
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Shifted((uint)i))];

    private uint state = uint.MaxValue;

    public uint Checksum => ~state;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("A stream that is read once has no length.");

    public override long Position
    {
        get => throw new NotSupportedException("A stream that is read once has no position.");
        set => throw new NotSupportedException("A stream that is read once has no position.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = source.Read(buffer);
        foreach (byte value in buffer[..count]) state = Table[(byte)(state ^ value)] ^ (state >> 8);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A stream that is read once has no position.");

    public override void SetLength(long value) => throw new NotSupportedException("A stream that is read has its length.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stream that is read takes nothing.");

    private static uint Shifted(uint value)
    {
        for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        return value;
    }
}
