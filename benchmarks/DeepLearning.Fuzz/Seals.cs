using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace DeepLearning.Fuzz;

/// <summary>Makes wrappers and checksums fit a mutated content.</summary>
internal static class Seals
{
    public static byte[] None(byte[] file) => file;

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>An archive with the content as its array <c>x</c>.</summary>
    public static byte[] Npz(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
        using (Stream entry = archive.CreateEntry("x.npy").Open()) entry.Write(content);
        return packed.ToArray();
    }

    /// <summary>The checksum of each chunk, as far as the lengths lead.</summary>
    public static byte[] Png(byte[] file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length) break;
            Span<byte> sum = file.AsSpan((int)(at + 8 + length), 4);
            BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(file.AsSpan((int)at + 4, (int)length + 4)));
            at += 12 + length;
        }

        return file;
    }

    /// <summary>The SHA-256 in the header of a safetensors file of ours, over the file with zeros for its digits.</summary>
    public static byte[] Safetensors(byte[] file)
    {
        const int Digits = 64;
        int at = file.AsSpan().IndexOf("sha256:"u8) + "sha256:".Length;
        if (at < "sha256:".Length || at + Digits > file.Length) return file;
        Span<byte> digits = file.AsSpan(at, Digits);
        digits.Fill((byte)'0');
        Convert.TryToHexStringLower(SHA256.HashData(file), digits, out _);
        return file;
    }
}
