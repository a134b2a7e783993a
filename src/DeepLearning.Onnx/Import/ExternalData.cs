using System.Globalization;
using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// Weights that lie in a file beside the model. The model's author chooses the file's name, and may be a stranger: only plain files in the model's own
/// folder or below are read, so that no link or path leads a reader to a file that it was not given.
/// </summary>
internal static class ExternalData
{
    /// <param name="entries">The tensor's external_data: location, and perhaps offset and length.</param>
    /// <param name="folder">The model's folder; null where it came from a stream.</param>
    /// <param name="expected">How many bytes the tensor takes.</param>
    /// <param name="what">The tensor, for messages.</param>
    /// <exception cref="ModelFormatException">The file may not be read, or does not hold what the tensor takes.</exception>
    public static byte[] Read(IEnumerable<StringStringEntryProto> entries, string? folder, long expected, string what)
    {
        string location = "";
        long offset = 0, length = expected;
        foreach (StringStringEntryProto entry in entries)
        {
            if (entry.Key == "location") location = entry.Value;
            else if (entry.Key == "offset") offset = Number(entry, what);
            else if (entry.Key == "length") length = Number(entry, what);
        }

        if (string.IsNullOrEmpty(folder))
            throw new ModelFormatException($"{what} lies in another file ('{location}'), and there is no folder to look in: import the model by its path");
        if (length != expected) throw new ModelFormatException($"{what} takes {expected:N0} bytes, but {length:N0} are said to lie in '{location}'");
        return Read(Locate(folder, location, what), location, offset, length, what);
    }

    private static byte[] Read(string path, string location, long offset, long length, string what)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (LinkCount.Of(file.SafeFileHandle) != 1)
                throw new ModelFormatException($"{what} lies in '{location}', which has hard links, or whose links cannot be counted; it is not read");
            if (offset > file.Length - length)
                throw new ModelFormatException($"{what} takes {length:N0} bytes at {offset:N0} of '{location}', which has {file.Length:N0}");
            var bytes = new byte[length];
            file.Position = offset;
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not ModelFormatException))
        {
            throw new ModelFormatException($"{what} lies in '{location}', which cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The path of a file that may be read.</summary>
    private static string Locate(string folder, string location, string what)
    {
        string[] parts = location.Split('/', '\\');
        if (Path.IsPathRooted(location) || location.AsSpan().ContainsAny(':', '\0') || parts.Any(p => p is "" or ".."))
            throw new ModelFormatException($"{what} lies in '{location}': only files in the model's own folder or below are read");
        string path = folder;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
                throw new ModelFormatException($"{what} lies in '{location}', where '{part}' is a symbolic link; links are not followed");
        }

        return path;
    }

    private static long Number(StringStringEntryProto entry, string what)
        => long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new ModelFormatException($"{what}: {entry.Key} of its external data is '{entry.Value}', not a number");
}
