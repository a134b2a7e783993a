namespace DeepLearning.Tests.Support;

/// <summary>
/// The bytes that the steps of a training run allocate, each from its end to the end of the next, in every epoch but the first. As
/// <see cref="Allocations"/> says, the least of several epochs counts, and each is measured after a collection.
/// </summary>
internal sealed class AllocationMeter(Func<long> allocated) : Callback
{
    /// <summary>How many epochs a run should have.</summary>
    public const int Epochs = 6;

    private readonly List<(int Epoch, long Bytes)> steps = new(1000);
    private long last;

    /// <summary>Counts what the thread that trains allocates.</summary>
    public AllocationMeter() : this(GC.GetAllocatedBytesForCurrentThread) { }

    /// <summary>Bytes of each step.</summary>
    public IEnumerable<long> Steps => steps.Select(s => s.Bytes);

    /// <summary>Bytes of all steps of the epoch that allocated least.</summary>
    public long Least => steps.GroupBy(s => s.Epoch, s => s.Bytes).Min(epoch => epoch.Sum());

    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        long now = allocated();
        if (context.Epoch > 0 && context.Batch > 0) steps.Add((context.Epoch, now - last));
        if (context.Batch == 0) Allocations.Collect();
        last = allocated();
    }
}
