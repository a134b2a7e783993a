namespace DeepLearning;

/// <summary>
/// Keeps all others out of a folder: a file <c>.lock</c> in it that is open and locked. The system lets go of it when the process ends, in whatever way;
/// the file alone, which a killed process leaves, keeps nobody out.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string Name = ".lock";

    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the folder, and makes it where it is missing.</summary>
    /// <exception cref="IOException">Somebody else has it, or it cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.GetFullPath(Path.Combine(folder, Name));
        try
        {
            Directory.CreateDirectory(folder);
            for (; ; )
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                // Who has it deletes it before letting go: what was opened before that and locked after it keeps nobody out.
                if (File.Exists(path)) return new FolderLock(file);
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
        // Windows deletes no file that is open.
        if (OperatingSystem.IsWindows()) file.Dispose();
        try
        {
            File.Delete(file.Name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Deleted or not, it keeps nobody out.
        }

        file.Dispose();
    }
}
