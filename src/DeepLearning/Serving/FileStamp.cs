namespace DeepLearning;

/// <summary>What tells one state of a file from another without reading it. A file that is not there has a stamp too.</summary>
internal readonly record struct FileStamp(bool Exists, DateTime Written, long Length)
{
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(true, file.LastWriteTimeUtc, file.Length) : default;
    }
}
