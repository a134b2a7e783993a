using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace DeepLearning.Data;

/// <summary>
/// The chunks of a PNG file: length, type, data and CRC-32 of each, the header first and the end last. Checks that the compressed rows unpack to exactly the
/// size of the header's image. Source: ISO/IEC 15948.
/// </summary>
internal static class PngChunks
{
    private const int LeastChunk = 12, Head = 8 + LeastChunk + PngHeader.Length;
    private const int MostBytes = 1 << 30;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Reads the file's first chunk.</summary>
    public static (byte[] Head, PngHeader Header) ReadHead(Stream stream, string path)
    {
        var head = new byte[Head];
        int got = stream.ReadAtLeast(head, Head, throwOnEndOfStream: false);
        if (got < Signature.Length || !head.AsSpan(0, Signature.Length).SequenceEqual(Signature))
            throw new DataFormatException($"{path} is not a PNG file: it does not begin with PNG's eight bytes.");
        if (got < Head) throw new DataFormatException($"{path}: the file is cut off in its header.");
        if (Length(head, 8) != PngHeader.Length || !Type(head, 8).SequenceEqual("IHDR"u8))
            throw new DataFormatException($"{path}: the first chunk is not a header.");
        RequireChecksum(head, 8, PngHeader.Length, path);
        return (head, PngHeader.Read(head.AsSpan(16), path));
    }

    /// <summary>Reads and checks the rest.</summary>
    /// <returns>The same image with only what decoding needs: header, palette, transparency, and all rows in one chunk.</returns>
    public static byte[] ReadRest(Stream stream, byte[] head, PngHeader header, string path)
    {
        if (stream.Length > MostBytes) throw new DataFormatException($"{path} has {stream.Length} bytes; at most {MostBytes} are read.");
        var file = new byte[stream.Length];
        head.CopyTo(file, 0);
        if (stream.ReadAtLeast(file.AsSpan(Head), file.Length - Head, throwOnEndOfStream: false) < file.Length - Head)
            throw new DataFormatException($"{path} became shorter while it was read.");
        using MemoryStream image = new(), rows = new();
        bool hasRows = false, hasPalette = false, hasTransparency = false;
        image.Write(head);
        for (long at = Head; ;)
        {
            if (file.Length - at < LeastChunk) throw new DataFormatException($"{path}: the file is cut off at byte {at}, before its end chunk.");
            long length = Length(file, (int)at);
            if (length > file.Length - at - LeastChunk)
                throw new DataFormatException($"{path}: the chunk at byte {at} claims {length} bytes, beyond the file's end.");
            RequireChecksum(file, (int)at, (int)length, path);
            ReadOnlySpan<byte> type = Type(file, (int)at);
            if (type.SequenceEqual("IEND"u8)) break;
            if (type.SequenceEqual("IDAT"u8))
            {
                rows.Write(file, (int)at + 8, (int)length);
                hasRows = true;
            }
            else if (type.SequenceEqual("PLTE"u8) || type.SequenceEqual("tRNS"u8))
            {
                ref bool isThere = ref type[0] == (byte)'P' ? ref hasPalette : ref hasTransparency;
                if (hasRows || isThere) throw Misplaced(at, type, hasRows ? "after the rows, but it must come before them" : "twice");
                if (hasTransparency) throw Misplaced(at, type, "after the transparency, but it must come before it");
                isThere = true;
                image.Write(file, (int)at, (int)length + LeastChunk);
            }
            else if ((type[0] & 0x20) == 0) throw new DataFormatException($"{path}: the chunk at byte {at} is critical, but not one that PNG defines.");
            at += LeastChunk + length;
        }

        RequireRows(rows, header.UnpackedBytes, path);
        Write(image, "IDAT"u8, rows.GetBuffer().AsSpan(0, (int)rows.Length));
        Write(image, "IEND"u8, []);
        return image.ToArray();

        DataFormatException Misplaced(long at, ReadOnlySpan<byte> type, string where)
            => new($"{path}: the chunk {Encoding.ASCII.GetString(type)} at byte {at} appears {where}; the colours are ambiguous.");
    }

    /// <summary>
    /// The same image with a palette in which each colour is its own index, and without transparency: decoded to colours, its red is the index. Null if the
    /// image has no palette.
    /// </summary>
    /// <param name="image">The result of <see cref="ReadRest"/>.</param>
    /// <param name="colors">The number of colours in the palette.</param>
    public static byte[]? Indexed(byte[] image, out int colors)
    {
        colors = 0;
        using var indexed = new MemoryStream();
        indexed.Write(image, 0, Head);
        for (int at = Head, length; at < image.Length; at += LeastChunk + length)
        {
            length = (int)Length(image, at);
            ReadOnlySpan<byte> type = Type(image, at);
            if (type.SequenceEqual("PLTE"u8))
            {
                colors = length / 3;
                Write(indexed, type, [.. Enumerable.Range(0, 3 * 256).Select(i => (byte)(i / 3))]);
            }
            else if (!type.SequenceEqual("tRNS"u8))
            {
                indexed.Write(image, at, LeastChunk + length);
            }
        }

        return colors == 0 ? null : indexed.ToArray();
    }

    private static void RequireRows(MemoryStream rows, long expected, string path)
    {
        rows.Position = 0;
        var piece = new byte[1 << 16];
        long total = 0;
        try
        {
            using WholeStream unpacked = WholeStream.Zlib(rows);
            for (int got; (got = unpacked.Read(piece)) > 0;)
                if ((total += got) > expected) throw new DataFormatException($"{path}: the rows unpack to more than the {expected} bytes of the image's size.");
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"{path}: the compressed rows are damaged. {e.Message}", e);
        }

        if (total < expected) throw new DataFormatException($"{path}: the rows unpack to {total} bytes; an image of its size has {expected}.");
    }

    private static void Write(MemoryStream image, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[LeastChunk + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length)));
        image.Write(chunk);
    }

    private static void RequireChecksum(byte[] file, int at, int length, string path)
    {
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), got = Crc32.HashToUInt32(file.AsSpan(at + 4, 4 + length));
        if (got != expected) throw new DataFormatException($"{path}: the chunk at byte {at} has the checksum {got:X8}, but the file says {expected:X8}.");
    }

    private static long Length(byte[] file, int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));

    private static ReadOnlySpan<byte> Type(byte[] file, int at) => file.AsSpan(at + 4, 4);
}
