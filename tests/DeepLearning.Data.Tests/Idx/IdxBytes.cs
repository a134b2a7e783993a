using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepLearning.Data.Tests;

/// <summary>Writes IDX files for tests.</summary>
internal static class IdxBytes
{
    public static byte[] Of(int[] dimensions, byte[] values, byte type = 8)
    {
        var bytes = new byte[4 + 4 * dimensions.Length + values.Length];
        bytes[2] = type;
        bytes[3] = (byte)dimensions.Length;
        for (int d = 0; d < dimensions.Length; d++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * d), dimensions[d]);
        values.CopyTo(bytes, 4 + 4 * dimensions.Length);
        return bytes;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The four files of an image data set with 3 training and 2 test images of 2 × 2 pixels.</summary>
    public static byte[][] DigitFiles() =>
    [
        Gzip(Of([3, 2, 2], [0, 51, 102, 153, 204, 255, 0, 0, 0, 0, 0, 255])), Gzip(Of([3], [7, 0, 9])),
        Gzip(Of([2, 2, 2], [255, 0, 0, 0, 0, 0, 0, 51])), Gzip(Of([2], [1, 2])),
    ];
}
