namespace DeepLearning;

/// <summary>
/// Tensors in safetensors files, the format of Hugging Face: it reads what <c>safetensors.torch.save_file</c> writes, and vice versa. Every element
/// type becomes float32. Files are checked strictly, and nothing in them is ever executed. Source: github.com/huggingface/safetensors.
/// </summary>
public static class Safetensors
{
    /// <summary>Reads every tensor of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors by name. Integers beyond 2²⁴ and doubles are rounded; a finite double beyond float32 is refused.</returns>
    /// <exception cref="ModelFormatException">The file is cut off, damaged or something else; the message says what.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path) => Read(path).Tensors;

    /// <summary>Reads every tensor of a stream, up to its end.</summary>
    /// <param name="stream">At the first byte; stays open.</param>
    /// <returns>The tensors by name.</returns>
    /// <exception cref="ModelFormatException">The content is cut off, damaged or something else; the message says what.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return SafetensorsFile.Read(stream).Tensors;
    }

    /// <summary>Reads the metadata of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The texts by name, without this library's own checksum and mark.</returns>
    /// <exception cref="ModelFormatException">The file is cut off, damaged or something else; the message says what.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> LoadMetadata(string path) => Read(path).Metadata;

    /// <summary>Writes tensors, replacing the file atomically.</summary>
    /// <param name="path">The file; its folder is created if missing.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">
    /// Texts by name, for example <c>format: pt</c> for readers that require it; <c>checksum</c> and <c>deeplearning</c> are reserved.
    /// </param>
    /// <exception cref="ArgumentException">A name is reserved by the format, or a name or text is not valid Unicode; nothing was written.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        RequireNames(tensors, metadata);
        AtomicFile.Write(path, stream => Save(stream, tensors, metadata));
    }

    /// <summary>Writes tensors to a stream.</summary>
    /// <param name="stream">Receives the bytes; stays open.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Texts by name; <c>checksum</c> and <c>deeplearning</c> are reserved.</param>
    /// <exception cref="ArgumentException">A name is reserved by the format, or a name or text is not valid Unicode; nothing was written.</exception>
    public static void Save(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireNames(tensors, metadata);
        SafetensorsFile.Write(
            stream, [.. tensors.Select(t => (t.Key, t.Value.Shape, (ReadOnlyMemory<float>)t.Value.ToArray()))], metadata ?? new Dictionary<string, string>());
    }

    internal static SafetensorsContent Read(string path)
    {
        using FileStream stream = ReadableFile.Open(path);
        return SafetensorsFile.Read(stream);
    }

    private static void RequireNames(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.ContainsKey(SafetensorsHeader.Metadata))
            throw new ArgumentException($"No tensor can be named {SafetensorsHeader.Metadata}.", nameof(tensors));
        foreach (string own in new[] { SafetensorsHeader.Checksum, SafetensorsHeader.Mark })
            if (metadata?.ContainsKey(own) == true) throw new ArgumentException($"The name {own} is reserved for the file.", nameof(metadata));
    }
}
