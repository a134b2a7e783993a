namespace DeepLearning;

/// <summary>
/// Locks a folder: a file <c>.lock</c> in it is kept open and locked. The system releases it when the process ends, however it ends; the file alone, which a
/// killed process leaves, locks nobody out.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = ".lock";

    private readonly string folder;
    private FileStream file;

    private FolderLock(string folder) => (this.folder, file) = (folder, Open(folder));

    /// <summary>Locks the folder, and creates it if missing.</summary>
    /// <exception cref="IOException">Another run has locked it, or it cannot be written to.</exception>
    public static FolderLock Take(string folder) => new(folder);

    /// <summary>Locks the folder again if it, or the file in it, was removed.</summary>
    /// <exception cref="IOException">Another run has locked it since, or it cannot be written to.</exception>
    public void TakeAgainWhereLost()
    {
        if (IsThere) return;
        FileStream again = Open(folder);
        file.Dispose();
        file = again;
    }

    /// <summary>Whether the file with that name is still the open one: another would have a different time.</summary>
    private bool IsThere => File.Exists(file.Name) && File.GetLastWriteTimeUtc(file.Name) == File.GetLastWriteTimeUtc(file.SafeFileHandle);

    private static FileStream Open(string folder)
    {
        string path = Path.GetFullPath(Path.Combine(folder, Name));
        try
        {
            Directory.CreateDirectory(folder);
            for (; ; )
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                // The owner deletes it before releasing it: a file opened before that and locked after it locks nobody out.
                if (File.Exists(path)) return file;
                file.Dispose();
            }
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"The checkpoints in {folder} cannot be written: {failure.Message}", failure);
        }
        catch (IOException failure) when (File.Exists(path))
        {
            throw new IOException(
                $"The checkpoint folder {folder} belongs to another run, in this or another process, that has not ended: give this run its "
                + "own folder, or start it when the other has ended.", failure);
        }
    }

    public void Dispose()
    {
        try
        {
            bool isThere = IsThere;
            // Windows does not delete open files.
            if (OperatingSystem.IsWindows()) file.Dispose();
            if (isThere) File.Delete(file.Name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Deleted or not, it locks nobody out.
        }

        file.Dispose();
    }
}
