using System.Buffers.Binary;

namespace DeepLearning.Data;

/// <summary>
/// IDX, the file format of MNIST: a magic number (two zeros, the element type, the number of dimensions), the dimensions as big-endian
/// 32-bit integers, then the elements, row-major. Source: LeCun, Cortes, Burges, "The MNIST database".
/// </summary>
public static class IdxFile
{
    private const byte UnsignedByte = 0x08;
    private const int MostDimensions = 8, Chunk = 1 << 20;

    /// <summary>Reads a file of unsigned bytes, plain or gzipped, as numbers 0 … 255. For gzip, the checksums and lengths of all members are checked.</summary>
    /// <param name="path">The file; gzip is recognised by its content, not its name.</param>
    /// <param name="mostBytes">
    /// A file whose numbers take more memory as float32 is refused. Null, the default: 200 times the size of the file or 64 MiB, whichever is more, and at most
    /// 4 GiB.
    /// </param>
    /// <returns>A tensor of the file's dimensions.</returns>
    /// <exception cref="DataFormatException">
    /// Another magic number or element type, more elements than a tensor holds or <paramref name="mostBytes"/> allows, fewer or more bytes than the dimensions
    /// require, or gzip that is damaged, cut off, or has trailing data.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static Tensor Read(string path, long? mostBytes = null)
    {
        if (mostBytes is { } most) ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(mostBytes));
        using FileStream file = ReadableFile.Open(path, seekable: true);
        try
        {
            if (!IsGzip(file)) return Read(file, path, file.Length, mostBytes);
            using WholeStream unpacked = WholeStream.Gzip(file);
            return Read(unpacked, path, file.Length, mostBytes);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"{path}: the gzip stream is damaged. {e.Message}", e);
        }
    }

    private static bool IsGzip(FileStream file)
    {
        bool gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return gzip;
    }

    private static Tensor Read(Stream stream, string path, long length, long? mostBytes)
    {
        Span<byte> magic = stackalloc byte[4];
        int got = stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        if (got < 4 || magic[0] != 0 || magic[1] != 0 || magic[3] is 0 or > MostDimensions)
        {
            throw new DataFormatException(
                $"{path} is not an IDX file: expected it to begin with 00 00, a type and 1 to {MostDimensions} dimensions, got {Hex(magic[..got])}.");
        }

        if (magic[2] != UnsignedByte)
            throw new DataFormatException($"{path}: expected elements of type 0x08 (unsigned byte), got 0x{magic[2]:X2}.");
        int[] dimensions = ReadDimensions(stream, magic[3], path);
        int count = CountOf(dimensions, path);
        if (stream.CanSeek && count > length - stream.Position) throw CutOff(path, dimensions, count, length - stream.Position);
        if (UnpackingLimit.Refusal((long)count * sizeof(float), length, mostBytes) is { } refusal)
            throw new DataFormatException($"{path}: {Describe(dimensions)} {refusal}");
        float[] values = [];
        var bytes = new byte[Math.Min(Chunk, Math.Max(count, 1))];
        int read = 0;
        while (read < count)
        {
            int n = stream.ReadAtLeast(bytes.AsSpan(0, Math.Min(bytes.Length, count - read)), 1, throwOnEndOfStream: false);
            if (n == 0) throw CutOff(path, dimensions, count, read);
            // Memory grows with the bytes read, not the count that the header claims.
            if (read + n > values.Length) Array.Resize(ref values, (int)Math.Min(count, Math.Max(2L * values.Length, read + n)));
            for (int i = 0; i < n; i++) values[read + i] = bytes[i];
            read += n;
        }

        if (stream.ReadByte() >= 0) throw new DataFormatException($"{path} continues after the {count} bytes of {Describe(dimensions)}.");
        return Tensor.From(values, new Shape(dimensions));
    }

    private static DataFormatException CutOff(string path, int[] dimensions, int count, long got)
        => new($"{path} is cut off: {Describe(dimensions)} needs {count} bytes, got {got}.");

    private static int[] ReadDimensions(Stream stream, int rank, string path)
    {
        Span<byte> sizes = stackalloc byte[4 * rank];
        int got = stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false);
        if (got < sizes.Length) throw new DataFormatException($"{path} is cut off in its header: expected {4 + sizes.Length} bytes, got {4 + got}.");
        var dimensions = new int[rank];
        for (int d = 0; d < rank; d++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * d)..]);
            dimensions[d] = size <= int.MaxValue ? (int)size : throw new DataFormatException($"{path}: dimension {d} is {size}, more than a tensor can hold.");
        }

        return dimensions;
    }

    private static int CountOf(int[] dimensions, string path)
    {
        try
        {
            return new Shape(dimensions).Size;
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new DataFormatException($"{path}: it claims {Describe(dimensions)}, more elements or dimensions than a tensor can have.", e);
        }
    }

    private static string Describe(int[] dimensions) => $"[{string.Join(", ", dimensions)}]";

    private static string Hex(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "nothing" : Convert.ToHexString(bytes);
}
