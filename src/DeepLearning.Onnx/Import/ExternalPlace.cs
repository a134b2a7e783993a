namespace DeepLearning.Onnx;

/// <summary>
/// Where a model's weight files may be: in the model's folder or below. A link there may lead to one of two other places, as in Hugging Face's cache: the very
/// folder of the file that the model's own path links to, and the folder <c>blobs</c> beside the folder <c>snapshots</c> that contains the model.
/// </summary>
internal static class ExternalPlace
{
    /// <summary>The path of the file itself, without links.</summary>
    /// <exception cref="ModelFormatException">The file is outside the allowed places.</exception>
    public static string Find(string model, string location, string what)
    {
        string[] parts = location.Split('/', '\\');
        if (Path.IsPathRooted(location) || location.AsSpan().ContainsAny(':', '\0') || parts.Any(p => p is "" or ".."))
            throw new ModelFormatException($"{what} is in '{location}': only files in the model's own folder or below are read");
        string folder = Path.GetDirectoryName(Path.GetFullPath(model))!;
        string file = RealPath.Of(Path.Combine([folder, .. parts]));
        string home = RealPath.Of(folder), place = Path.GetDirectoryName(file)!;
        if (IsBelow(file, home) || place == Path.GetDirectoryName(RealPath.Of(model)) || place == BlobsOf(home)) return file;
        string link = parts.Where((_, i) => new FileInfo(Path.Combine([folder, .. parts[..(i + 1)]])).LinkTarget is not null).FirstOrDefault() ?? location;
        throw new ModelFormatException(
            $"{what} is in '{location}', where '{link}' is a symbolic link to a place outside the model's folder ('{file}'); it is not read: "
            + "put a copy of the file beside the model");
    }

    private static bool IsBelow(string file, string folder)
        => file.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? BlobsOf(string folder)
    {
        string? snapshots = folder;
        while (snapshots is not null && Path.GetFileName(snapshots) != "snapshots") snapshots = Path.GetDirectoryName(snapshots);
        if (Path.GetDirectoryName(snapshots) is not { } cache) return null;
        string blobs = Path.Combine(cache, "blobs");
        return RealPath.Of(blobs) == blobs ? blobs : null;
    }
}
