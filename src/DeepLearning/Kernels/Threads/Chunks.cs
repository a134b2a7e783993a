namespace DeepLearning.Kernels;

/// <summary>
/// A range cut into equal chunks, each a multiple of a grain: one chunk below twice the smallest worthwhile size, else up to four a thread, so that a thread
/// that starts late still finds work: part p is <c>p·size … min(length, (p + 1)·size) − 1</c>. Only which thread computes an element depends on it, never the
/// element.
/// </summary>
internal readonly struct Chunks
{
    private readonly long length, size;

    /// <summary>Cuts <paramref name="length"/> items into chunks of about <paramref name="smallest"/> ≥ 1 or more, multiples of
    /// <paramref name="grain"/>.</summary>
    public Chunks(long length, long smallest, long grain)
    {
        long parts = Math.Clamp(length / smallest, 1, WorkerPool.ThreadCount == 1 ? 1 : 4L * WorkerPool.ThreadCount);
        this.length = length;
        size = Math.Max(grain, ((length + parts - 1) / parts + grain - 1) / grain * grain);
        Count = (int)((length + size - 1) / size);
    }

    /// <summary>Number of chunks; 0 for an empty range.</summary>
    public int Count { get; }

    /// <summary>First item of a chunk and the item after its last.</summary>
    public (nint Start, nint End) this[int part] => ((nint)(part * size), (nint)Math.Min(length, (part + 1) * size));

    /// <summary>Runs the job's parts, on the caller alone where there is one.</summary>
    public void Run<TJob>(ref TJob job) where TJob : struct, IParallelJob
    {
        if (Count == 1) job.Execute(0);
        else if (Count > 1) WorkerPool.Run(ref job, Count);
    }
}
