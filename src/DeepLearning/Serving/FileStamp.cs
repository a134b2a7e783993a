using Microsoft.Win32.SafeHandles;

namespace DeepLearning;

/// <summary>What tells one state of a file from another without reading it. A file that is not there has a stamp too: the default one.</summary>
internal readonly record struct FileStamp(bool Exists, DateTime Written, long Length)
{
    /// <summary>Of the file behind any links: a link keeps its own time while its target changes. A file that cannot be opened counts as none.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            // Shared with everybody, so that looking keeps nobody from saving.
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new FileStamp(true, File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
