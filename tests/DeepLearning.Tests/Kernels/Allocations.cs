namespace DeepLearning.Tests.Kernels;

/// <summary>Bytes that an action allocates on the calling thread.</summary>
internal static class Allocations
{
    /// <summary>The least of several runs: the first wait of a thread that finds the machine busy makes the runtime set up its waiting once.</summary>
    public static long LeastOf(int runs, Action action) => Enumerable.Range(0, runs).Min(_ =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
