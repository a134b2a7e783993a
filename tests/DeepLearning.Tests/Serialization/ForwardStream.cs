namespace DeepLearning.Tests.Serialization;

/// <summary>A stream as a network gives it: without a length, in small pieces.</summary>
internal sealed class ForwardStream(byte[] content) : MemoryStream(content)
{
    private const int Piece = 60_000;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(Piece, buffer.Length)]);
}
