using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace DeepLearning;

/// <summary>
/// Distinguishes one state of a file from another without reading all of it. A missing file has the default stamp.
/// </summary>
/// <param name="Written">The time of writing, by the file system's clock.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Ends">
/// A digest of the first and the last bytes. Models of one architecture have the same length, and two saves may fall into one clock tick; but a safetensors
/// file has a checksum near its start and the last weights at its end.
/// </param>
internal readonly record struct FileStamp(DateTime Written, long Length, ulong Ends)
{
    private const int End = 4096;

    /// <summary>The stamp of the file behind any links: a link keeps its own time while its target changes. A file that cannot be opened counts as
    /// missing.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            // Fully shared, so that checking never prevents a save.
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            long length = RandomAccess.GetLength(file);
            Span<byte> ends = stackalloc byte[2 * End], digest = stackalloc byte[SHA256.HashSizeInBytes];
            int first = RandomAccess.Read(file, ends[..End], 0), last = RandomAccess.Read(file, ends.Slice(first, End), Math.Max(0, length - End));
            SHA256.HashData(ends[..(first + last)], digest);
            return new FileStamp(File.GetLastWriteTimeUtc(file), length, BinaryPrimitives.ReadUInt64LittleEndian(digest));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
