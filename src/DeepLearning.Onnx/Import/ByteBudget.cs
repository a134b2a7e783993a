namespace DeepLearning.Onnx;

/// <summary>How many bytes may still be made of a file: a few bytes that claim to be gigabytes are refused before anything is allocated.</summary>
/// <param name="options">What the user allows.</param>
/// <param name="fileBytes">The length of the model's file.</param>
internal sealed class ByteBudget(OnnxImportOptions options, long fileBytes)
{
    /// <summary>The same as for archives of NumPy arrays: trained weights are read, turned and copied, which is less than ten times their bytes.</summary>
    private const int MostRatio = 200;

    /// <summary>What any file may come to, whatever the ratio: one number spread over a picture is common.</summary>
    private const long Harmless = 64 << 20;

    private readonly HashSet<string> files = [];
    private long held = fileBytes, taken;

    private long Maximum => options.MaximumExpandedBytes
        ?? Math.Min(4 * Math.Min(options.MaximumBytes, long.MaxValue / 4), Math.Max(Harmless, MostRatio * Math.Min(held, long.MaxValue / MostRatio)));

    /// <summary>A file beside the model holds bytes too.</summary>
    public void Hold(string path, long bytes)
    {
        if (files.Add(path)) held += Math.Min(bytes, long.MaxValue - held);
    }

    /// <param name="count">How many numbers are about to be made.</param>
    /// <param name="size">The bytes of each.</param>
    /// <param name="what">What they are for, for the message.</param>
    /// <exception cref="ModelFormatException">That is more than is left.</exception>
    public void Take(long count, int size, string what)
    {
        if (count > (Maximum - taken) / size)
            throw new ModelFormatException(
                $"{what} needs {count:N0} numbers of {size} bytes, beyond the {Maximum:N0} bytes that may be made of {held:N0}; "
                + $"if you trust the file, set OnnxImportOptions.{nameof(OnnxImportOptions.MaximumExpandedBytes)}");
        taken += count * size;
    }
}
