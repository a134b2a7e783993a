namespace DeepLearning;

/// <summary>
/// Reads and writes NumPy files: <c>.npy</c>, one array, and <c>.npz</c>, a zip archive of named arrays. Floats and integers of every size and byte order, in C
/// and Fortran order, become float32. Source: numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1.0 to 3.0.
/// </summary>
public static class NumPy
{
    /// <summary>Reads an array, as <c>numpy.load</c> does.</summary>
    /// <param name="path">A file written by <c>numpy.save</c>.</param>
    /// <returns>The array. Integers beyond 2²⁴ and doubles are rounded; a finite double beyond float32 is refused.</returns>
    /// <exception cref="ModelFormatException">The file is cut off, holds Python objects, or is something else; the message says what.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static Tensor Load(string path)
    {
        using FileStream stream = ReadableFile.Open(path);
        return NpyFile.Read(stream, path);
    }

    /// <summary>Reads an array from a stream, up to its end.</summary>
    /// <param name="stream">At the first byte; stays open.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ModelFormatException">The content is cut off, holds Python objects, or is something else; the message says what.</exception>
    public static Tensor Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return NpyFile.Read(stream, "The stream");
    }

    /// <summary>
    /// Reads the numeric arrays of an archive. Other arrays (strings, dates, Python objects) and other entries are skipped; looking one of them up in the
    /// result throws with the reason.
    /// </summary>
    /// <param name="path">A file written by <c>numpy.savez</c> or <c>numpy.savez_compressed</c>.</param>
    /// <param name="mostBytes">
    /// An archive whose arrays take more memory as float32 is refused. Null, the default: 200 times the size of the file or 64 MiB, whichever is more, and at
    /// most 4 GiB.
    /// </param>
    /// <param name="names">
    /// The arrays to read, with or without the extension <c>.npy</c>, each of which must exist and hold numbers; null for all. Nothing else is unpacked.
    /// </param>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="ModelFormatException">
    /// The archive is damaged or something else, has no numeric array or lacks a requested one, or unpacks to more than <paramref name="mostBytes"/>.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> LoadArchive(string path, long? mostBytes = null, IReadOnlyCollection<string>? names = null)
    {
        if (mostBytes is { } most) ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(mostBytes));
        using FileStream stream = ReadableFile.Open(path, seekable: true);
        return NpzFile.Read(stream, path, mostBytes, names);
    }

    /// <summary>Writes an array of float32, replacing the file atomically.</summary>
    /// <param name="path">The file, usually with the ending <c>.npy</c>; its folder is created if missing.</param>
    /// <param name="array">The array.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public static void Save(string path, Tensor array)
    {
        ArgumentNullException.ThrowIfNull(array);
        AtomicFile.Write(path, stream => NpyFile.Write(stream, array));
    }

    /// <summary>Writes an array of float32 to a stream.</summary>
    /// <param name="stream">Receives the bytes; stays open.</param>
    /// <param name="array">The array.</param>
    public static void Save(Stream stream, Tensor array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        NpyFile.Write(stream, array);
    }

    /// <summary>Writes named arrays of float32 as an archive, replacing the file atomically.</summary>
    /// <param name="path">The file, usually with the ending <c>.npz</c>; its folder is created if missing.</param>
    /// <param name="arrays">The arrays by name.</param>
    /// <param name="compress">Whether to compress them; false by default, as in <c>numpy.savez</c>.</param>
    /// <exception cref="ArgumentException">A name is empty or not valid Unicode; nothing was written.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public static void SaveArchive(string path, IReadOnlyDictionary<string, Tensor> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        foreach (string name in arrays.Keys)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(arrays));
            UnicodeText.Require(name, "The name of an array,", nameof(arrays));
        }

        AtomicFile.Write(path, stream => NpzFile.Write(stream, arrays, compress));
    }
}
