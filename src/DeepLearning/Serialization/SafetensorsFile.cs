using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DeepLearning;

/// <summary>
/// safetensors: the length of the header in eight bytes, little-endian, the header, then the tensors' bytes. Files written here carry a SHA-256 of the whole
/// file, computed with zeros for its own digits, so that any flipped bit is found.
/// </summary>
internal static class SafetensorsFile
{
    private const int LargestHeader = 100_000_000, Chunk = 1 << 16;

    /// <summary>Writes tensors, whose values must not change meanwhile, and texts.</summary>
    public static void Write(
        Stream target, IReadOnlyList<(string Name, Shape Shape, ReadOnlyMemory<float> Values)> tensors, IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellation = default)
    {
        (byte[] header, int checksumAt) = SafetensorsHeader.Compose(tensors, metadata);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        var buffer = new byte[Chunk];
        ForEachChunk(tensors, buffer, hash.AppendData, cancellation);
        PrintDigits(hash, SafetensorsHeader.ChecksumOf(header, checksumAt));
        target.Write(header);
        ForEachChunk(tensors, buffer, target.Write, cancellation);
    }

    /// <summary>Reads a file to its end.</summary>
    /// <param name="source">At the file's first byte. Memory is allocated for the bytes present, never for what the header claims.</param>
    /// <param name="requireChecksum">Whether a file without this library's checksum is refused.</param>
    /// <exception cref="ModelFormatException">The file is cut off, damaged or something else, or claims to be of this library but has no checksum.</exception>
    public static SafetensorsContent Read(Stream source, bool requireChecksum = false)
    {
        string file = source is FileStream named ? named.Name : "The stream";
        long? left = source.CanSeek ? source.Length - source.Position : null;
        byte[] headerBytes = ReadHeader(source, left, file);
        SafetensorsHeader header = SafetensorsHeader.Parse(headerBytes.AsSpan(sizeof(long)), file);
        if (left - headerBytes.Length is { } data && data != header.DataLength) throw WrongLength(file, header.DataLength, data);
        if (header.IsOurs && header.ChecksumAt < 0) throw LostChecksum(file);
        if (requireChecksum && header.ChecksumAt < 0) throw new ModelFormatException($"{file} has no checksum of this library in its metadata.");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digits = header.ChecksumAt < 0 ? [] : SafetensorsHeader.ChecksumOf(headerBytes, sizeof(long) + header.ChecksumAt), expected = [.. digits];
        digits.Fill((byte)'0');
        hash.AppendData(headerBytes);
        var buffer = new byte[Chunk];
        var tensors = new List<(string, Tensor)>(header.Entries.Count);
        foreach (SafetensorsEntry entry in header.Entries)
            tensors.Add((entry.Name, new Tensor(entry.Shape, ReadValues(source, entry, left is not null, buffer, hash, header.DataLength, file))));
        if (source.ReadByte() >= 0) throw WrongLength(file, header.DataLength, header.DataLength + 1);
        if (header.ChecksumAt >= 0)
        {
            PrintDigits(hash, digits);
            if (!digits.SequenceEqual(expected))
                throw new ModelFormatException($"{file} is damaged: its content does not match the checksum in it.");
        }

        return new SafetensorsContent(file, header.Texts, tensors);
    }

    private static byte[] ReadHeader(Stream source, long? left, string file)
    {
        var start = new byte[ForeignFile.Start];
        int got = source.ReadAtLeast(start.AsSpan(0, sizeof(long)), sizeof(long), throwOnEndOfStream: false);
        if (got < sizeof(long)) throw Foreign(file, start.AsSpan(0, got), $"it is cut off: a header begins with its length in 8 bytes, got {got}");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > LargestHeader || length > (ulong)(left ?? long.MaxValue))
        {
            got += source.ReadAtLeast(start.AsSpan(sizeof(long)), start.Length - sizeof(long), throwOnEndOfStream: false);
            string most = length > LargestHeader ? $"the most is {LargestHeader}" : $"the file has {left - sizeof(long)} more";
            throw Foreign(file, start.AsSpan(0, got), $"it claims a header of {length} bytes, but {most}");
        }

        int total = sizeof(long) + (int)length;
        byte[] header = start[..sizeof(long)];
        for (int filled = sizeof(long); filled < total; filled += got)
        {
            if (filled == header.Length) Array.Resize(ref header, (int)Math.Min(total, Math.Max(2L * filled, Chunk)));
            got = source.Read(header.AsSpan(filled));
            if (got == 0) throw Foreign(file, header.AsSpan(0, filled), $"it is cut off: its header has {length} bytes, got {filled - sizeof(long)}");
        }

        if (length == 0 || header[sizeof(long)] != '{') throw Foreign(file, header, "its header does not begin with {");
        return header;
    }

    private static float[] ReadValues(Stream source, SafetensorsEntry entry, bool checkedLength, byte[] buffer, IncrementalHash hash, long data, string file)
    {
        try
        {
            var values = ElementReader.Read(source, entry.Element, entry.Shape.Size, checkedLength, buffer, out long got, bytes => hash.AppendData(bytes.Span));
            return got == entry.End - entry.Begin ? values : throw WrongLength(file, data, entry.Begin + got);
        }
        catch (FormatException e)
        {
            throw new ModelFormatException($"{file}: tensor {entry.Name} cannot be read: {e.Message}.", e);
        }
    }

    private static void ForEachChunk(
        IReadOnlyList<(string Name, Shape Shape, ReadOnlyMemory<float> Values)> tensors, byte[] buffer, Action<byte[], int, int> use,
        CancellationToken cancellation)
    {
        int most = buffer.Length / sizeof(float);
        foreach ((_, _, ReadOnlyMemory<float> values) in tensors)
        {
            for (int done = 0; done < values.Length; done += most)
            {
                cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<float> chunk = values.Span.Slice(done, Math.Min(most, values.Length - done));
                Span<float> copy = MemoryMarshal.Cast<byte, float>(buffer.AsSpan())[..chunk.Length];
                chunk.CopyTo(copy);
                if (!BitConverter.IsLittleEndian) SafetensorsElement.Reverse(copy);
                use(buffer, 0, chunk.Length * sizeof(float));
            }
        }
    }

    private static void PrintDigits(IncrementalHash hash, Span<byte> digits)
        => Convert.TryToHexStringLower(hash.GetHashAndReset(), digits, out _);

    private static ModelFormatException Foreign(string file, ReadOnlySpan<byte> start, string otherwise)
        => new($"{file} is not a safetensors file: {(ForeignFile.Describe(start) is { } kind ? "it looks like " + kind : otherwise)}.");

    private static ModelFormatException LostChecksum(string file) => new(
        $"{file} is damaged: it says that this library wrote it, but it has no checksum. If another program changed it on purpose, that program must leave "
        + $"{SafetensorsHeader.Mark}, {ModelFile.Format} and {CheckpointFile.VersionName} out of its metadata.");

    private static ModelFormatException WrongLength(string file, long expected, long got) => new(
        got < expected
            ? $"{file} is cut off: its tensors take {expected} bytes, got {got}."
            : $"{file} continues after its tensors, which take {expected} bytes.");
}
