namespace DeepLearning;

/// <summary>
/// Replaces a file in one step: whatever happens in between, the old or the new content stands there, whole. Written to <c>.NAME.RANDOM.tmp</c> in the same
/// folder, flushed to the disk, then renamed; leftovers of a killed process are removed by the next save of the same file.
/// </summary>
internal static class AtomicFile
{
    private const string Ending = ".tmp";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The target; its folder exists. Where it is a symbolic link, the file behind it is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The target cannot be written: its folder is missing, it is read-only or locked, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var named = new FileInfo(path);
            string target = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            RequireWritable(target);
            RemoveLeftovers(target);
            Replace(target, write);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be written: {e.Message}", e);
        }
    }

    private static void Replace(string target, Action<Stream> write)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}{Ending}");
        // Shared for deleting alone: the lock that tells a save in progress from a leftover lasts until after the renaming.
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
        try
        {
            // Who may read the old file may read the new one, and nobody else.
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
            write(stream);
            stream.Flush(flushToDisk: true);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Renaming goes over files that may not be written; a save does not.</summary>
    private static void RequireWritable(string target)
    {
        if (Directory.Exists(target)) throw new IOException($"{target} cannot be written: it is a folder.");
        if (!File.Exists(target)) return;
        if (File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly)) throw new IOException($"{target} cannot be written: it is read-only.");
        File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
    }

    private static void RemoveLeftovers(string target)
    {
        string start = $".{Path.GetFileName(target)}.";
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, ".*" + Ending))
        {
            ReadOnlySpan<char> name = Path.GetFileName(path.AsSpan());
            if (!name.StartsWith(start, StringComparison.Ordinal) || !Guid.TryParseExact(name[start.Length..^Ending.Length], "N", out _)) continue;
            try
            {
                // Fails where another process is just saving the same file.
                File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
