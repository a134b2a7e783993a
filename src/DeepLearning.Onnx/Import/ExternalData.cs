using System.Globalization;
using DeepLearning.Onnx.Schema;

namespace DeepLearning.Onnx;

/// <summary>
/// Weights in a file beside the model. The model's author chooses the file's name, and is not trusted: no link or path may lead to a file outside the allowed
/// places.
/// </summary>
internal static class ExternalData
{
    /// <summary>Opens the file, at the tensor's first byte.</summary>
    /// <param name="entries">The tensor's external_data: location, and perhaps offset and length.</param>
    /// <param name="model">The path of the model; null if it came from a stream.</param>
    /// <param name="expected">The size of the tensor in bytes.</param>
    /// <param name="what">The tensor, for messages.</param>
    /// <exception cref="ModelFormatException">The file may not be read, or does not have the tensor's bytes.</exception>
    public static FileStream Open(IEnumerable<StringStringEntryProto> entries, string? model, long expected, string what)
    {
        string location = "";
        long offset = 0, length = expected;
        foreach (StringStringEntryProto entry in entries)
        {
            if (entry.Key == "location") location = entry.Value;
            else if (entry.Key == "offset") offset = Number(entry, what);
            else if (entry.Key == "length") length = Number(entry, what);
        }

        if (model is null)
            throw new ModelFormatException($"{what} is in another file ('{location}'), and there is no folder to look in: import the model by path");
        if (length != expected) throw new ModelFormatException($"{what} takes {expected:N0} bytes, but {length:N0} are said to lie in '{location}'");
        return Guarded(what, location, () => Open(ExternalPlace.Find(model, location, what), location, offset, length, what));
    }

    /// <summary>Reads the tensor's bytes.</summary>
    /// <exception cref="ModelFormatException">The file cannot be read.</exception>
    public static byte[] Read(FileStream file, long length, string what) => Guarded(what, file.Name, () =>
    {
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    });

    private static FileStream Open(string path, string location, long offset, long length, string what)
    {
        FileStream file = File.OpenRead(path);
        try
        {
            if (LinkCount.Of(file.SafeFileHandle) != 1)
                throw new ModelFormatException($"{what} is in '{location}', which has hard links, or whose links cannot be counted; it is not read");
            if (offset > file.Length - length)
                throw new ModelFormatException($"{what} takes {length:N0} bytes at {offset:N0} of '{location}', which has {file.Length:N0}");
            file.Position = offset;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static T Guarded<T>(string what, string location, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not ModelFormatException))
        {
            throw new ModelFormatException($"{what} is in '{location}', which cannot be read: {e.Message}", e);
        }
    }

    private static long Number(StringStringEntryProto entry, string what)
        => long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new ModelFormatException($"{what}: {entry.Key} of its external data is '{entry.Value}', not a number");
}
