using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DeepLearning;

/// <summary>
/// Replaces a file atomically: whatever happens in between, the file has the complete old or the complete new content. Written to <c>.NAME.RANDOM.tmp</c> in
/// the same folder (a long name is replaced by its digest), flushed to the disk, then renamed; leftovers of a killed process are removed by the next save of
/// the file.
/// </summary>
internal static class AtomicFile
{
    private const string Ending = ".tmp";

    /// <summary>The longest name in bytes that is still valid with two dots, 32 random digits and the ending: file systems allow 255.</summary>
    private const int LongestStem = 255 - 38;

    /// <summary>How often another process may take a file between its creation and its locking, or hold a lock briefly, before it is an error.</summary>
    private const int Attempts = 20;

    /// <summary>The files this process is writing: creating a file and locking it are two steps, and it must not be mistaken for a leftover in
    /// between.</summary>
    private static readonly ConcurrentDictionary<string, bool> InProgress = new();

    /// <summary>Writes a file.</summary>
    /// <param name="path">The target; its folder is created if missing. If it is a symbolic link, the file behind it is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The target cannot be written: its folder cannot be created, it is read-only or locked, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var named = new FileInfo(path);
            string target = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            RequireWritable(target);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            string stem = StemOf(target);
            RemoveLeftovers(Path.GetDirectoryName(target)!, n => n == stem);
            Replace(target, write);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Removes the leftovers of killed processes in a folder; never files being written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isOf">Whether to remove the leftover of a target with this name.</param>
    public static void RemoveLeftovers(string folder, Func<string, bool> isOf)
    {
        foreach (string path in Directory.EnumerateFiles(folder, ".*" + Ending))
        {
            string[] parts = Path.GetFileName(path)[1..^Ending.Length].Split('.');
            if (!Guid.TryParseExact(parts[^1], "N", out _) || !isOf(string.Join('.', parts[..^1])) || InProgress.ContainsKey(path)) continue;
            try
            {
                // Fails if another process is currently saving the same file.
                File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    private static void Replace(string target, Action<Stream> write)
    {
        (FileStream stream, string temporary) = MakeTemporary(target);
        try
        {
            using (stream)
            {
                // The new file is readable by exactly those who could read the old one.
                if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                write(stream);
                stream.Flush(flushToDisk: true);
                File.Move(temporary, target, overwrite: true);
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        finally
        {
            InProgress.TryRemove(temporary, out _);
        }
    }

    /// <summary>Renaming would replace a device or a pipe, whose length cannot be set, by a file.</summary>
    private static void RequireRegular(string target)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(target).Length > 0) return;
        try
        {
            // For reading too: a pipe that is opened only for writing waits for its reader.
            using SafeFileHandle file = File.OpenHandle(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(file) == 0) RandomAccess.SetLength(file, 0);
        }
        catch (Exception e) when (e is NotSupportedException or (IOException and not FileNotFoundException))
        {
            throw new IOException($"{target} cannot be written: it is not a regular file, or is locked. {e.Message}", e);
        }
    }

    private static string StemOf(string target)
    {
        byte[] name = Encoding.UTF8.GetBytes(Path.GetFileName(target));
        return name.Length <= LongestStem ? Path.GetFileName(target) : Convert.ToHexStringLower(SHA256.HashData(name));
    }

    /// <summary>A locked file with a new name. Another process that mistook it for a leftover before it was locked has deleted it, or is about to.</summary>
    private static (FileStream Stream, string Path) MakeTemporary(string target)
    {
        for (int attempt = 1; ; attempt++)
        {
            string path = Path.Combine(Path.GetDirectoryName(target)!, $".{StemOf(target)}.{Guid.NewGuid():N}{Ending}");
            InProgress.TryAdd(path, true);
            try
            {
                // Shared only for deletion: the lock that distinguishes a save in progress from a leftover lasts until after the renaming.
                var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
                if (File.Exists(path)) return (stream, path);
                stream.Dispose();
                if (attempt == Attempts) throw new IOException($"{target} cannot be written: {path} was deleted.");
            }
            catch (IOException e) when (attempt < Attempts && e is not (DirectoryNotFoundException or PathTooLongException))
            {
            }
            catch
            {
                InProgress.TryRemove(path, out _);
                throw;
            }

            InProgress.TryRemove(path, out _);
        }
    }

    /// <summary>Renaming replaces read-only files; a save must not.</summary>
    private static void RequireWritable(string target)
    {
        if (Directory.Exists(target)) throw new IOException($"{target} cannot be written: it is a folder.");
        if (!File.Exists(target)) return;
        if (File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly)) throw new IOException($"{target} cannot be written: it is read-only.");
        RequireRegular(target);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Another process may have locked it briefly, to check whether it is a leftover, just before the renaming.
                Thread.Sleep(1);
            }
        }
    }
}
