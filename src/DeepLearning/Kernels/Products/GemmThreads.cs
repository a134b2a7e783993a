namespace DeepLearning.Kernels;

/// <summary>When a product is shared among threads, and in how many parts.</summary>
internal static class GemmThreads
{
    /// <summary>Multiply-adds below which one core is done (in 2 to 5 µs) before a second would be of use.</summary>
    private const int Threshold = 1 << 18;

    /// <summary>Multiply-adds from which two parts a thread cost less than waiting for one that is held up (about a millisecond).</summary>
    private const int LongThreshold = 1 << 27;

    /// <summary>Threads for a product.</summary>
    public static int Threads(in GemmTask task) => task.Alone ? 1 : Threads((long)task.M * task.N * task.K);

    /// <summary>The number of threads for this many multiply-adds.</summary>
    public static int Threads(long work) => work < Threshold ? 1 : WorkerPool.ThreadCount;

    /// <summary>Parts for a product.</summary>
    public static int Parts(in GemmTask task)
    {
        int threads = Threads(task);
        return threads > 1 && (long)task.M * task.N * task.K >= LongThreshold ? 2 * threads : threads;
    }
}
