namespace DeepLearning;

/// <summary>Batches of data in memory; each epoch in a new order if shuffled.</summary>
internal sealed class DatasetBatches : IBatchSource
{
    private readonly Dataset data;
    private readonly FitOptions options;
    private readonly ulong seed;
    private readonly int[] order;
    private readonly IEnumerable<Batch> whole;

    public DatasetBatches(Dataset data, FitOptions options, ulong seed)
    {
        this.data = data;
        this.options = options;
        this.seed = seed;
        order = [.. Enumerable.Range(0, data.Count)];
        whole = data.RecycledBatches(options.BatchSize, order);
    }

    public int? BatchesPerEpoch => (data.Count - 1) / options.BatchSize + 1;

    public long? SamplesIn(int batches) => Math.Min((long)batches * options.BatchSize, data.Count);

    public IReadOnlyList<string> FeatureNames => data.FeatureNames;

    public IEnumerable<Batch> Epoch(ulong beginning, int seen, long samples)
    {
        if (options.Shuffle) RandomStreams.OfOrder(seed, beginning).FillPermutation(order);
        if (seen == 0) return whole;
        return seen >= BatchesPerEpoch ? [] : data.RecycledBatches(options.BatchSize, order.AsMemory(seen * options.BatchSize));
    }

    public void Describe(StateWriter run)
    {
        run.Write("Rows", data.Count);
        run.Write("Targets", string.Join(", ", data.TargetTensors.Select(t => t.Shape.WithoutFirst())));
        run.Write("Sample weights", data.SampleWeights is not null);
        run.Write(nameof(FitOptions.Shuffle), options.Shuffle);
    }
}
