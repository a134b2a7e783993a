namespace DeepLearning;

/// <summary>Batches of a stream, each checked as it comes.</summary>
internal sealed class StreamBatches(IEnumerable<Batch> stream, Action<Batch> check, List<string> warnings) : IBatchSource
{
    private bool warned;

    public int? BatchesPerEpoch => null;

    public long? SamplesIn(int batches) => batches == 0 ? 0 : null;

    public IReadOnlyList<string> FeatureNames => [];

    public IEnumerable<Batch> Epoch(ulong beginning, int seen, long samples)
    {
        int number = 0;
        long rows = 0;
        bool anyCounts = false;
        foreach (Batch? batch in stream)
        {
            number++;
            if (batch is null)
                throw new ArgumentException($"Batch {number} of the stream is null; a stream without further batches ends instead.");
            bool counts = batch.SampleWeights is not { } weights || weights.AsReadOnlySpan().ContainsAnyExcept(0f);
            anyCounts |= counts;
            if (number <= seen)
            {
                rows += batch.Count;
                continue;
            }

            Require(seen);
            check(batch);
            if (!counts) Warn(number);
            yield return batch;
        }

        Require(Math.Min(number, seen));
        if (number > 0 && !anyCounts)
            throw new ArgumentException($"At least one sample weight must be above 0, but those of all {number} batches of an epoch are 0.");

        void Require(int dropped)
        {
            if (dropped == seen && (seen == 0 || rows == samples)) return;
            throw new InvalidOperationException(
                $"The checkpoint was saved after {seen} batches with {samples} samples of an epoch, but the stream begins with {dropped} batches with {rows} "
                + "samples: a run resumes only with the same batches.");
        }
    }

    public void Describe(StateWriter run) => run.Write("Rows", "a stream");

    private void Warn(int number)
    {
        if (warned) return;
        warned = true;
        warnings.Add($"The sample weights of batch {number} of the stream are all 0: it has no effect, like further batches of this kind.");
    }
}
