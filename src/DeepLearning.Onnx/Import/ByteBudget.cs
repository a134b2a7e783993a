namespace DeepLearning.Onnx;

/// <summary>How many bytes may still be made of a file: a few bytes that claim to stand for gigabytes are refused before anything is allocated.</summary>
internal sealed class ByteBudget(long maximum)
{
    private long taken;

    /// <param name="count">How many numbers are about to be made.</param>
    /// <param name="size">The bytes of each.</param>
    /// <param name="what">What they are for, for the message.</param>
    /// <exception cref="ModelFormatException">That is more than is left.</exception>
    public void Take(long count, int size, string what)
    {
        if (count > (maximum - taken) / size)
            throw new ModelFormatException($"{what} needs {count:N0} numbers of {size} bytes, beyond the {maximum:N0} bytes that a model may take");
        taken += count * size;
    }
}
