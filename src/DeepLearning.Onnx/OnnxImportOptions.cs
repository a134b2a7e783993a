namespace DeepLearning;

/// <summary>How an ONNX file is read.</summary>
public sealed class OnnxImportOptions
{
    /// <summary>
    /// The maximum size of a file in bytes; 2 GiB by default, which is the format's own limit. Lower it for untrusted files; raise it for weights stored next
    /// to the file.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one byte.</exception>
    public long MaximumBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>
    /// The maximum number of bytes created from a file: weights, constants computed from others, and numbers that are broadcast over a whole sample. By default
    /// (null) 200 times the bytes of the file and of the files next to it that it uses, or 64 MiB if that is more, but never above four times
    /// <see cref="MaximumBytes"/>. A number replaces that rule.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one byte.</exception>
    public long? MaximumExpandedBytes
    {
        get;
        init
        {
            if (value is { } bytes) ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1, nameof(value));
            field = value;
        }
    }
}
