using System.IO.Compression;

namespace DeepLearning;

/// <summary>Named NumPy arrays in a zip archive. Nothing is unpacked to the disk, and an archive cannot claim much more than it weighs.</summary>
internal static class NpzFile
{
    private const string Ending = ".npy";

    /// <summary>Deflate reaches a thousand; trained weights stay below two.</summary>
    private const int MostRatio = 200;

    /// <summary>What any archive may unpack to, whatever the ratio: small arrays of zeros are common.</summary>
    private const long Harmless = 64 << 20;

    public static Dictionary<string, Tensor> Read(Stream source, string file, long mostBytes)
    {
        try
        {
            using var archive = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
            long most = Math.Min(mostBytes, Math.Max(Harmless, source.Length * MostRatio)), total = 0;
            var arrays = new Dictionary<string, Tensor>();
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string place = $"{file}: {entry.FullName}";
                if (!entry.FullName.EndsWith(Ending, StringComparison.Ordinal))
                    throw new ModelFormatException($"{place} is no array; an .npz archive holds .npy files alone.");
                using Stream content = entry.Open();
                using var unpacked = new Crc32Stream(content);
                Tensor array = NpyFile.Read(unpacked, place, bytes =>
                {
                    if ((total += bytes) > most)
                        throw new ModelFormatException($"{place} would unpack the archive of {source.Length} bytes to {total} or more; the most is {most}.");
                });
                if (unpacked.Checksum != entry.Crc32) throw new ModelFormatException($"{place} is damaged: its checksum is not that of the archive.");
                if (!arrays.TryAdd(entry.FullName[..^Ending.Length], array)) throw new ModelFormatException($"{place} stands twice in the archive.");
            }

            return arrays;
        }
        catch (InvalidDataException e)
        {
            source.Position = 0;
            var start = new byte[ForeignFile.Start];
            string? kind = ForeignFile.Describe(start.AsSpan(0, source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
            bool isZip = start is [(byte)'P', (byte)'K', ..];
            throw new ModelFormatException($"{file} is no whole zip archive: {(isZip || kind is null ? e.Message : $"it looks like {kind}.")}", e);
        }
    }

    public static void Write(Stream target, IReadOnlyDictionary<string, Tensor> arrays, bool compress)
    {
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, Tensor array) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + Ending, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            // The same arrays give the same bytes, and this is the first day that a zip archive knows.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream stream = entry.Open();
            NpyFile.Write(stream, array);
        }
    }
}
