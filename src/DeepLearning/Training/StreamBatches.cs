namespace DeepLearning;

/// <summary>Batches of a stream, each checked as it comes.</summary>
internal sealed class StreamBatches(IEnumerable<Batch> stream, Action<Batch> check) : IBatchSource
{
    public int? BatchesPerEpoch => null;

    public long? SamplesIn(int batches) => batches == 0 ? 0 : null;

    public IEnumerable<Batch> Epoch(ulong beginning, int seen, long samples)
    {
        int dropped = 0;
        long rows = 0;
        foreach (Batch batch in stream)
        {
            if (dropped < seen)
            {
                dropped++;
                rows += batch.Count;
                continue;
            }

            Require();
            check(batch);
            yield return batch;
        }

        Require();

        void Require()
        {
            if (dropped == seen && (seen == 0 || rows == samples)) return;
            throw new InvalidOperationException(
                $"The checkpoint stands after {seen} batches with {samples} samples of an epoch, but the stream begins with {dropped} batches with {rows} "
                + "samples: a run goes on only with the same batches.");
        }
    }

    public void Describe(StateWriter run) => run.Write("Rows", "a stream");
}
