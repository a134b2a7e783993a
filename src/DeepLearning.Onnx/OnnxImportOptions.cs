namespace DeepLearning;

/// <summary>How an ONNX file is read.</summary>
public sealed class OnnxImportOptions
{
    /// <summary>
    /// The most bytes that are read, and the most that may be made of them; 2 GiB by default, which is the format's own limit for one file.
    /// Lower it for files from strangers.
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
}
