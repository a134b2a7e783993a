namespace DeepLearning.Onnx;

/// <summary>How many more bytes a file may expand to: a few bytes that claim to be gigabytes are refused before anything is allocated.</summary>
/// <param name="options">What the user allows.</param>
/// <param name="fileBytes">The length of the model's file.</param>
internal sealed class ByteBudget(OnnxImportOptions options, long fileBytes)
{
    /// <summary>The same as for archives of NumPy arrays: trained weights are read, transposed and copied, which takes less than ten times their
    /// bytes.</summary>
    private const int MostRatio = 200;

    /// <summary>What any file may expand to, whatever the ratio: one number broadcast over an image is common.</summary>
    private const long Harmless = 64 << 20;

    private readonly HashSet<string> files = [];
    private long held = fileBytes, taken;

    private long Maximum => options.MaximumExpandedBytes
        ?? Math.Min(4 * Math.Min(options.MaximumBytes, long.MaxValue / 4), Math.Max(Harmless, MostRatio * Math.Min(held, long.MaxValue / MostRatio)));

    /// <summary>Adds the bytes of a file beside the model.</summary>
    public void Hold(string path, long bytes)
    {
        if (files.Add(path)) held += Math.Min(bytes, long.MaxValue - held);
    }

    /// <param name="count">How many numbers are about to be allocated.</param>
    /// <param name="size">The bytes of each.</param>
    /// <param name="what">What they are for, for the message.</param>
    /// <exception cref="ModelFormatException">This exceeds the remaining budget.</exception>
    public void Take(long count, int size, string what)
    {
        if (count > (Maximum - taken) / size)
            throw new ModelFormatException(
                $"{what} needs {count:N0} numbers of {size} bytes, beyond the {Maximum:N0} bytes that {held:N0} bytes of file may expand to; "
                + $"if you trust the file, set OnnxImportOptions.{nameof(OnnxImportOptions.MaximumExpandedBytes)}");
        taken += count * size;
    }
}
