namespace DeepLearning;

/// <summary>A stream that is read once, from beginning to end, and processes what passes through.</summary>
internal abstract class PassingStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException("A stream that is read once has no length.");

    public sealed override long Position
    {
        get => throw new NotSupportedException("A stream that is read once has no position.");
        set => throw new NotSupportedException("A stream that is read once has no position.");
    }

    public abstract override int Read(Span<byte> buffer);

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public sealed override void Flush()
    {
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A stream that is read once has no position.");

    public sealed override void SetLength(long value) => throw new NotSupportedException("A stream that is read has its length.");

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stream that is read takes nothing.");
}
