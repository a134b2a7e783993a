namespace DeepLearning;

/// <summary>Opens a file for reading; whatever prevents reading it is an <see cref="IOException"/>.</summary>
internal static class ReadableFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seekable">Whether the reader needs its length or seeks, which a pipe does not allow.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, may not be read, or is in use.</exception>
    public static FileStream Open(string path, bool seekable = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new IOException($"{path} cannot be read: it is a folder, expected a file.");
        try
        {
            // Shared for deletion too, so that a save may replace the file meanwhile.
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (file.CanSeek || !seekable) return file;
            file.Dispose();
            throw new IOException($"{path} cannot be read: it is not a regular file.");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
