using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace DeepLearning.Data.Tests.Images;

/// <summary>Writes PNG files for tests, right ones and wrong ones with right checksums.</summary>
internal static class PngBytes
{
    /// <summary>An image of 8 bits a sample; every row has the filter 0.</summary>
    public static byte[] Of(int width, int height, byte color, byte[] pixels, int? rowBytes = null)
        => File(Header(width, height, 8, color), Chunk("IDAT"u8, Zlib(Rows(pixels, rowBytes ?? Math.Min(pixels.Length, width * (color == 2 ? 3 : 1))))));

    public static byte[] File(byte[] header, params byte[][] chunks)
        => [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR"u8, header), .. chunks.SelectMany(c => c), .. Chunk("IEND"u8, [])];

    public static byte[] Header(int width, int height, byte depth, byte color, byte interlaced = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, color, interlaced);
        return header;
    }

    public static byte[] Zlib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] body = [.. type, .. data], length = new byte[4], checksum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(body));
        return [.. length, .. body, .. checksum];
    }

    private static byte[] Rows(byte[] pixels, int length)
    {
        var rows = new byte[pixels.Length + (pixels.Length / length)];
        for (int row = 0; row < pixels.Length / length; row++) pixels.AsSpan(row * length, length).CopyTo(rows.AsSpan(1 + (row * (length + 1))));
        return rows;
    }
}
