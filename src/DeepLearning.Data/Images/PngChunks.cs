using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace DeepLearning.Data;

/// <summary>
/// The chunks of a PNG file: length, type, data and CRC-32 of each, the header first and the end last; and that the compressed rows unpack to no more
/// than the header's size says. Source: ISO/IEC 15948.
/// </summary>
internal static class PngChunks
{
    private const int HeaderLength = 13, LeastChunk = 12, Head = 8 + LeastChunk + HeaderLength;
    private const int MostBytes = 1 << 30;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The whole file, once all of it has been checked; what it claims is checked before the rest of it is read.</summary>
    public static byte[] ReadChecked(Stream stream, string path, long mostPixels)
    {
        var head = new byte[Head];
        int got = stream.ReadAtLeast(head, Head, throwOnEndOfStream: false);
        if (got < Signature.Length || !head.AsSpan(0, Signature.Length).SequenceEqual(Signature))
            throw new DataFormatException($"{path} is not a PNG file: it does not begin with PNG's eight bytes.");
        if (got < Head) throw new DataFormatException($"{path}: the file is cut off in its header.");
        if (Length(head, 8) != HeaderLength || !Type(head, 8).SequenceEqual("IHDR"u8)) throw new DataFormatException($"{path}: the first chunk is not a header.");
        RequireChecksum(head, 8, HeaderLength, path);
        (long width, long height) = (Length(head, 16), Length(head, 20));
        if (width == 0 || height == 0 || width > mostPixels / height)
            throw new DataFormatException($"{path} claims to be {width} × {height} pixels; from 1 to {mostPixels} are read.");
        if (stream.Length > MostBytes) throw new DataFormatException($"{path} has {stream.Length} bytes; at most {MostBytes} are read.");
        var file = new byte[stream.Length];
        head.CopyTo(file, 0);
        stream.ReadExactly(file, Head, file.Length - Head);
        RequireRows(Rows(file, path), UnpackedBytes(head, width, height, path), path);
        return file;
    }

    /// <summary>The compressed rows: the data of all IDAT chunks, one after another.</summary>
    private static MemoryStream Rows(byte[] file, string path)
    {
        var rows = new MemoryStream();
        for (long at = Signature.Length; ;)
        {
            if (file.Length - at < LeastChunk) throw new DataFormatException($"{path}: the file is cut off at byte {at}, before its end chunk.");
            long length = Length(file, (int)at);
            if (length > file.Length - at - LeastChunk) throw new DataFormatException($"{path}: the chunk at byte {at} claims {length} bytes, beyond the file's end.");
            RequireChecksum(file, (int)at, (int)length, path);
            ReadOnlySpan<byte> type = Type(file, (int)at);
            if (type.SequenceEqual("IEND"u8)) break;
            if (type.SequenceEqual("IDAT"u8)) rows.Write(file, (int)at + 8, (int)length);
            at += LeastChunk + length;
        }

        rows.Position = 0;
        return rows;
    }

    /// <summary>The most bytes that the rows may unpack to: with a filter byte each, and in seven passes where they are interlaced.</summary>
    private static long UnpackedBytes(byte[] head, long width, long height, string path)
    {
        (int depth, int color) = (head[24], head[25]);
        int samples = color switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        if (samples == 0 || depth is not (1 or 2 or 4 or 8 or 16)) throw new DataFormatException($"{path}: there is no colour type {color} of {depth} bits.");
        const int PassesOverhead = 64;
        return (height * (((width * samples * depth) + 7) / 8)) + (4 * height) + PassesOverhead;
    }

    private static void RequireRows(MemoryStream rows, long most, string path)
    {
        var piece = new byte[1 << 16];
        long total = 0;
        try
        {
            using var unpacked = new ZLibStream(rows, CompressionMode.Decompress);
            for (int got; (got = unpacked.Read(piece)) > 0;)
            {
                total += got;
                if (total > most) throw new DataFormatException($"{path}: the rows unpack to more than the {most} bytes of the image's size.");
            }
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"{path}: the compressed rows are damaged.", e);
        }
    }

    private static void RequireChecksum(byte[] file, int at, int length, string path)
    {
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), got = Crc32.HashToUInt32(file.AsSpan(at + 4, 4 + length));
        if (got != expected) throw new DataFormatException($"{path}: the chunk at byte {at} has the checksum {got:X8}, but {expected:X8} stands in the file.");
    }

    private static long Length(byte[] file, int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));

    private static ReadOnlySpan<byte> Type(byte[] file, int at) => file.AsSpan(at + 4, 4);
}
