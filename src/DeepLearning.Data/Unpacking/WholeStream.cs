using System.IO.Compression;

namespace DeepLearning.Data;

/// <summary>
/// Unpacks gzip (RFC 1952, all its members) or zlib (RFC 1950) and requires it to be complete. The unpacking streams of .NET check the checksum and the length
/// after the data when they reach them; but they mistake the end of the file for the end of the data, and do not check what follows it. Read to the end: only
/// then has everything been checked.
/// </summary>
internal sealed class WholeStream : PassingStream
{
    private readonly Source source;
    private readonly Stream unpacked;

    private WholeStream(Source source, Stream unpacked) => (this.source, this.unpacked) = (source, unpacked);

    /// <param name="packed">At the first byte; it can seek, and stays open.</param>
    public static WholeStream Gzip(Stream packed)
    {
        var source = new Source(packed, beyond: 1);
        return new WholeStream(source, new GZipStream(source, CompressionMode.Decompress, leaveOpen: true));
    }

    /// <param name="packed">At the first byte; it can seek, and stays open.</param>
    public static WholeStream Zlib(Stream packed)
    {
        var source = new Source(packed, beyond: 0);
        return new WholeStream(source, new ZLibStream(source, CompressionMode.Decompress, leaveOpen: true));
    }

    /// <exception cref="InvalidDataException">It is damaged, cut off, or continues after its end.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = unpacked.Read(buffer);
        }
        // The library reports an unsupported compression method if a checksum differs, and some of its errors are IOExceptions of a non-public type. Errors of
        // the file itself pass.
        catch (Exception e) when (e is InvalidDataException or IOException && !source.HasFailed && !source.IsCutOff)
        {
            throw new InvalidDataException("Its content does not match its checksum and length.", e);
        }

        if (count == 0 && !buffer.IsEmpty && !source.IsUsedUp) throw new InvalidDataException("There is data after its end.");
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// Reveals where unpacking ends. The file's last byte is given alone: a stream that ends before it never requests it. One that requests more than there is
    /// has not reached its end. Gzip looks for another member after its end, so it must have requested the byte after the file, which starts none, and nothing
    /// after that.
    /// </summary>
    private sealed class Source(Stream packed, int beyond) : PassingStream
    {
        private long left = packed.Length - packed.Position;

        public bool IsUsedUp => left == 0 && beyond == 0;

        public bool IsCutOff { get; private set; }

        public bool HasFailed { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty) return 0;
            if (left == 0)
            {
                IsCutOff = beyond == 0;
                if (IsCutOff) throw new InvalidDataException("It is cut off.");
                beyond--;
                buffer[0] = 0;
                return 1;
            }

            HasFailed = true;
            int count = packed.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(1, left - 1))]);
            HasFailed = false;
            // Another program may have shortened the file meanwhile.
            left = count == 0 ? 0 : left - count;
            return count == 0 ? Read(buffer) : count;
        }
    }
}
