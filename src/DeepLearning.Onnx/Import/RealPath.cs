namespace DeepLearning.Onnx;

/// <summary>The real path of a file: every link is followed, including those of folders.</summary>
internal static class RealPath
{
    /// <summary>The number of links that Linux follows before it gives up.</summary>
    private const int MostLinks = 40;

    /// <exception cref="IOException">The links form a cycle.</exception>
    public static string Of(string path)
    {
        string real = Path.GetPathRoot(Path.GetFullPath(path))!;
        var rest = new Stack<string>();
        Push(rest, Path.GetFullPath(path)[real.Length..]);
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            if (part == ".") continue;
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            string next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks) throw new IOException($"too many symbolic links lead on from '{path}'");
            string root = Path.GetPathRoot(target)!;
            if (root.Length > 0) real = Path.GetPathRoot(Path.GetFullPath(target))!;
            Push(rest, target[root.Length..]);
        }

        return real;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (string part in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
            rest.Push(part);
    }
}
