namespace DeepLearning;

/// <summary>How an ONNX file is read.</summary>
public sealed class OnnxImportOptions
{
    /// <summary>
    /// The most bytes that a file may have; 2 GiB by default, which is the format's own limit. At most four times as many are made of it and of the files
    /// beside it, and an eighth where a few numbers stand for many. Lower it for files from strangers; raise it for weights beside the file.
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
