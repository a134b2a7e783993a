namespace DeepLearning.Tests.Support;

/// <summary>A folder that is gone after the test; in memory where there is such a place, because a checkpoint waits for the disk.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        string root = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(root, $"deeplearning-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>The names of the files in it, hidden ones too, in order.</summary>
    public IEnumerable<string> Files => new DirectoryInfo(Path).EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
