using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>How many threads the library's arithmetic uses. Results do not depend on it: the same bits come out at any count.</summary>
public static class Parallelism
{
    /// <summary>
    /// Threads that share one operation, the calling thread included; 1 … 1024. The default is the environment variable
    /// DEEPLEARNING_NUM_THREADS where it is set and not empty, else the number of processors. May be changed at any time.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is below 1 or above 1024.</exception>
    /// <exception cref="InvalidOperationException">DEEPLEARNING_NUM_THREADS is not a whole number from 1 to 1024.</exception>
    public static int ThreadCount
    {
        get => WorkerPool.ThreadCount;
        set => WorkerPool.ThreadCount = value;
    }
}
