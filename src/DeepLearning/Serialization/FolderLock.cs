namespace DeepLearning;

/// <summary>
/// Keeps all others out of a folder: a file <c>.lock</c> in it that is open and locked. The system lets go of it when the process ends, in whatever way;
/// the file alone, which a killed process leaves, keeps nobody out.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = ".lock";

    private readonly string folder;
    private FileStream file;

    private FolderLock(string folder) => (this.folder, file) = (folder, Open(folder));

    /// <summary>Takes the folder, and makes it where it is missing.</summary>
    /// <exception cref="IOException">Somebody else has it, or it cannot be written.</exception>
    public static FolderLock Take(string folder) => new(folder);

    /// <summary>Takes the folder again where somebody has removed it, or the file in it.</summary>
    /// <exception cref="IOException">Another run has taken it since, or it cannot be written.</exception>
    public void TakeAgainWhereLost()
    {
        if (IsThere) return;
        FileStream again = Open(folder);
        file.Dispose();
        file = again;
    }

    /// <summary>Whether the file of that name is the one that is open: another one was written at another time.</summary>
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
                // Who has it deletes it before letting go: what was opened before that and locked after it keeps nobody out.
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
                $"The checkpoint folder {folder} belongs to another run, of this process or of another one, that has not ended: give this run a folder of its "
                + "own, or start it when that one is over.", failure);
        }
    }

    public void Dispose()
    {
        try
        {
            bool isThere = IsThere;
            // Windows deletes no file that is open.
            if (OperatingSystem.IsWindows()) file.Dispose();
            if (isThere) File.Delete(file.Name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Deleted or not, it keeps nobody out.
        }

        file.Dispose();
    }
}
