namespace DeepLearning.Tests.Serialization;

/// <summary>A disk that is full at the n-th write.</summary>
internal sealed class FailingStream(Stream inner, int writes) : Stream
{
    private int left = writes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (--left < 0)
        {
            // A full disk takes a part before it fails.
            inner.Write(buffer[..(buffer.Length / 2)]);
            throw new IOException("No space left on device");
        }

        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
