using System.IO.Compression;

namespace DeepLearning;

/// <summary>Named NumPy arrays in a zip archive. Nothing is unpacked to disk, and an archive cannot claim much more than its size.</summary>
internal static class NpzFile
{
    /// <summary>The extension of an array in the archive, which is not part of its name.</summary>
    public const string Ending = ".npy";

    /// <summary>Reads the arrays of numbers.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="file">For messages.</param>
    /// <param name="mostBytes">The limit, or null for the default.</param>
    /// <param name="names">The arrays to read, each of which must exist and hold numbers; null for all such arrays.</param>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream source, string file, long? mostBytes, IReadOnlyCollection<string>? names)
    {
        try
        {
            using var archive = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
            var reading = new Reading(file, source.Length, mostBytes, [.. archive.Entries.Select(NameOf)]);
            foreach (ZipArchiveEntry entry in archive.Entries)
                if (names is null || names.Contains(NameOf(entry)) || names.Contains(entry.FullName)) reading.Read(entry, isWanted: names is not null);
            return reading.Result(names);
        }
        // The zip library has its own errors, which cannot be enumerated; the file itself was opened and is readable.
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or (IOException and not ModelFormatException))
        {
            source.Position = 0;
            var start = new byte[ForeignFile.Start];
            string? kind = ForeignFile.Describe(start.AsSpan(0, source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
            bool isZip = start is [(byte)'P', (byte)'K', ..];
            throw new ModelFormatException($"{file} is not a complete zip archive: {(isZip || kind is null ? e.Message : $"it looks like {kind}.")}", e);
        }
    }

    public static void Write(Stream target, IReadOnlyDictionary<string, Tensor> arrays, bool compress)
    {
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, Tensor array) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + Ending, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            // The same arrays give the same bytes; this is the earliest date of a zip archive.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream stream = entry.Open();
            NpyFile.Write(stream, array);
        }
    }

    private static string NameOf(ZipArchiveEntry entry)
        => entry.FullName.EndsWith(Ending, StringComparison.Ordinal) ? entry.FullName[..^Ending.Length] : entry.FullName;

    private sealed class Reading(string file, long length, long? mostBytes, IReadOnlyList<string> all)
    {
        private readonly Dictionary<string, Tensor> arrays = [];
        private readonly Dictionary<string, string> leftOut = [];
        private long total;

        public void Read(ZipArchiveEntry entry, bool isWanted)
        {
            string place = $"{file}: {entry.FullName}", name = NameOf(entry);
            // As in NumPy, an entry that begins like an array is one. An entry named like an array is one, or is damaged.
            if ((name == entry.FullName || IsOfMac(entry)) && !BeginsAsArray(entry))
            {
                leftOut[name] = $"{place} is no array.";
                return;
            }

            if (arrays.ContainsKey(name)) throw new ModelFormatException($"{place} appears twice in the archive.");
            using Stream content = Open(entry);
            using var unpacked = new Crc32Stream(content);
            try
            {
                arrays.Add(name, NpyFile.Read(unpacked, place, bytes => Admit(total += bytes, place)));
            }
            catch (ModelFormatException e) when (!isWanted && e.InnerException is NotNumericException)
            {
                leftOut[name] = e.Message;
                // A flipped bit can also turn an array of numbers into one of strings: only an intact entry is what it claims to be.
                if (entry.Length > length) Admit(entry.Length, place, " So do the names of the arrays to read; this one is not of numbers.");
                unpacked.CopyTo(Stream.Null);
            }
            catch (Exception e) when (e is InvalidDataException or (IOException and not ModelFormatException))
            {
                throw new ModelFormatException($"{place} is damaged: it cannot be unpacked.", e);
            }

            if (unpacked.Checksum != entry.Crc32) throw new ModelFormatException($"{place} is damaged: its checksum is not that of the archive.");
        }

        public NpzArrays Result(IReadOnlyCollection<string>? names)
        {
            var result = new NpzArrays(file, arrays, leftOut, all);
            foreach (string name in names ?? [])
                if (!result.ContainsKey(name)) throw new ModelFormatException(result.Missing(name));
            if (arrays.Count == 0 && leftOut.Count > 0)
                throw new ModelFormatException($"{file} has no array of numbers. {string.Join(' ', leftOut.Values.Take(3))}");
            return result;
        }

        private void Admit(long bytes, string place, string otherwise = "")
        {
            if (UnpackingLimit.Refusal(bytes, length, mostBytes) is { } refusal) throw new ModelFormatException($"{place} {refusal}{otherwise}");
        }

        /// <summary>Metadata that macOS stores next to a file, under a name with the same extension.</summary>
        private static bool IsOfMac(ZipArchiveEntry entry)
            => entry.Name.StartsWith("._", StringComparison.Ordinal) || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);

        private bool BeginsAsArray(ZipArchiveEntry entry)
        {
            using Stream content = Open(entry);
            var start = new byte[NpyFile.Mark.Length];
            content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return NpyFile.Mark.SequenceEqual(start);
        }

        private Stream Open(ZipArchiveEntry entry)
        {
            try
            {
                return entry.Open();
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException)
            {
                throw new ModelFormatException(
                    $"{file}: {entry.FullName} cannot be unpacked: {e.Message} If the file is whole, save it with numpy.savez or numpy.savez_compressed.", e);
            }
        }
    }
}
