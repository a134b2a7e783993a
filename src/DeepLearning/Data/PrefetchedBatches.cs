namespace DeepLearning;

/// <summary>A source whose batches are read ahead on a separate thread.</summary>
internal sealed class PrefetchedBatches : BatchSource
{
    private readonly BatchSource source;
    private readonly int count;

    public PrefetchedBatches(BatchSource source, int count) => (this.source, this.count, FeatureNames) = (source, count, source.FeatureNames);

    internal override Dataset? InMemory => source.InMemory;

    internal override bool IsShuffled => source.IsShuffled;

    internal override bool IsRandom => source.IsRandom;

    public override int? BatchesPerEpoch(int batchSize) => source.BatchesPerEpoch(batchSize);

    /// <summary>Every batch is a copy that may be kept.</summary>
    public override IEnumerable<Batch> Epoch(EpochPosition position) => ReadAhead(position, new BatchBuffers(), new Batch?[count + 1], recycles: false);

    internal override IEnumerable<Batch> RecycledEpoch(EpochPosition position, BatchBuffers buffers)
        => ReadAhead(position, buffers.Ahead, buffers.Ring(count + 1), recycles: true);

    internal override long? SamplesIn(int batches, int batchSize) => source.SamplesIn(batches, batchSize);

    internal override void Describe(StateWriter run, bool shuffles) => source.Describe(run, shuffles);

    private IEnumerable<Batch> ReadAhead(EpochPosition position, BatchBuffers buffers, Batch?[] ring, bool recycles)
    {
        using var reader = new BatchReader(
            cancellation => source.RecycledEpoch(position with { Cancellation = cancellation }, buffers), ring, recycles, position.Cancellation);
        while (reader.MoveNext()) yield return reader.Current!;
    }
}
