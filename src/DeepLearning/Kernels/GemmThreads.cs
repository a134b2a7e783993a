namespace DeepLearning.Kernels;

/// <summary>When a product is shared among threads, and in how many parts.</summary>
internal static class GemmThreads
{
    /// <summary>Multiply-adds below which one core is done (in about 4 µs) before a second would be of use.</summary>
    public const int Threshold = 1 << 19;

    /// <summary>The same for few rows, where the time goes into reading B.</summary>
    public const int SmallThreshold = 1 << 18;

    /// <summary>Multiply-adds from which two parts a thread cost less than waiting for one that is held up (about a millisecond).</summary>
    private const int LongThreshold = 1 << 27;

    /// <summary>Parts of a product of so many multiply-adds.</summary>
    public static int Parts(long work)
    {
        if (work < Threshold) return 1;
        int threads = WorkerPool.ThreadCount;
        return threads > 1 && work >= LongThreshold ? 2 * threads : threads;
    }
}
