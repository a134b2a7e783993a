namespace DeepLearning;

/// <content>A data set as a source of batches.</content>
public sealed partial class Dataset
{
    internal override Dataset InMemory => this;

    /// <summary>⌈n / batch size⌉: the last batch has the remainder.</summary>
    /// <param name="batchSize">Samples per batch, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public override int? BatchesPerEpoch(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return (Count - 1) / batchSize + 1;
    }

    /// <summary>The rows of an epoch in batches, in their order or shuffled, from a position on. Each batch is a copy of its rows, and may be kept.</summary>
    /// <param name="position">Where to start, the batch size, and whether to shuffle.</param>
    public override IEnumerable<Batch> Epoch(EpochPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return Epoch(position, new int[Count], null);
    }

    internal override IEnumerable<Batch> RecycledEpoch(EpochPosition position, BatchBuffers buffers) => Epoch(position, buffers.Order(Count), buffers);

    internal override long? SamplesIn(int batches, int batchSize) => Math.Min((long)batches * batchSize, Count);

    internal override void Describe(StateWriter run, bool shuffles)
    {
        run.Write("Rows", Count);
        run.Write("Targets", SeveralTensors.RowShapesOf(targets));
        run.Write("Sample weights", SampleWeights is not null);
        run.Write(nameof(EpochPosition.Shuffle), shuffles);
    }

    private IEnumerable<Batch> Epoch(EpochPosition position, int[] order, BatchBuffers? buffers)
    {
        if (position.Shuffle) position.Random.FillPermutation(order);
        else
            for (int r = 0; r < order.Length; r++) order[r] = r;
        long first = (long)position.Batches * position.BatchSize;
        return first < Count ? new BatchSequence(this, position.BatchSize, order.AsMemory((int)first), buffers) : Enumerable.Empty<Batch>();
    }
}
