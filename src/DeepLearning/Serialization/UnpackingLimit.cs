namespace DeepLearning;

/// <summary>
/// How much a file may unpack to, compared with its claim before memory is allocated: 200 times its size or 64 MiB, whichever is more, and at most 4 GiB. A
/// limit set by the caller replaces all three. What counts is the memory of the result: four bytes per number.
/// </summary>
internal static class UnpackingLimit
{
    /// <summary>Deflate can reach a ratio of a thousand; trained weights stay below two.</summary>
    private const int MostRatio = 200;

    /// <summary>What any file may unpack to, whatever the ratio: small arrays of zeros are common.</summary>
    private const long Harmless = 64 << 20;

    private const long Most = 1L << 32;

    /// <summary>Compares what a file unpacks to with the limit.</summary>
    /// <param name="bytes">What it unpacks to.</param>
    /// <param name="packed">The file's size.</param>
    /// <param name="mostBytes">The caller's limit, or null.</param>
    /// <returns>Why it is refused, as the rest of a sentence about the file; null if it is within the limit.</returns>
    public static string? Refusal(long bytes, long packed, long? mostBytes)
    {
        long most = mostBytes ?? Math.Clamp(packed * MostRatio, Harmless, Most);
        return bytes <= most ? null : $"would unpack the file of {packed} bytes to {bytes} or more; the most is {most}. A larger mostBytes allows it.";
    }
}
