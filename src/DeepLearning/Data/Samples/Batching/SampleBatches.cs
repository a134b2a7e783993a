namespace DeepLearning;

/// <summary>Batches of a stream of samples.</summary>
internal sealed class SampleBatches : BatchSource
{
    private readonly SampleStream samples;
    private readonly int? size;
    private readonly bool dropRemainder;
    private readonly Padding? padding;
    private readonly Collation collation;

    /// <param name="samples">The samples.</param>
    /// <param name="size">Samples per batch; null for the run's.</param>
    /// <param name="dropRemainder">Whether a last, smaller batch is left out.</param>
    /// <param name="padding">Null if all samples have the same shapes.</param>
    public SampleBatches(SampleStream samples, int? size, bool dropRemainder, Padding? padding)
    {
        (this.samples, this.size, this.dropRemainder, this.padding) = (samples, size, dropRemainder, padding);
        collation = new Collation(padding, samples.ClassNames);
        FeatureNames = samples.FeatureNames;
    }

    public override int? BatchesPerEpoch(int batchSize)
    {
        if (samples.IsEndless)
            throw new InvalidOperationException($"An epoch needs an end, but {samples} has none: Take(n) says how many samples are an epoch.");
        int rows = size ?? batchSize;
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1, nameof(batchSize));
        return samples.Count is { } count ? checked((int)(dropRemainder ? count / rows : (count + rows - 1) / rows)) : null;
    }

    public override IEnumerable<Batch> Epoch(EpochPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return Batches(position, null);
    }

    public override string ToString()
        => FormattableString.Invariant($"{samples}.{(padding is null ? "Batch" : "PaddedBatch")}({size}{(dropRemainder ? ", drop remainder" : "")})");

    internal override bool IsShuffled => samples.IsShuffled;

    internal override bool IsRandom => samples.IsRandom;

    internal override IEnumerable<Batch> RecycledEpoch(EpochPosition position, BatchBuffers buffers) => Batches(position, buffers);

    internal override long? SamplesIn(int batches, int batchSize)
        => batches == 0 ? 0 : samples.Count is { } count ? Math.Min((long)batches * (size ?? batchSize), count) : null;

    protected override void DescribeSettings(Settings settings) => settings.Set("Samples", ToString());

    private IEnumerable<Batch> Batches(EpochPosition position, BatchBuffers? buffers)
    {
        int rows = size ?? position.BatchSize;
        long first = position.Samples, whole = (long)position.Batches * rows;
        if (first > whole || first <= whole - rows) throw OtherBatches(position, rows);
        var waiting = new List<Sample>(rows);
        foreach (Sample sample in samples.Read(SamplePass.Of(position), position.Samples))
        {
            position.Cancellation.ThrowIfCancellationRequested();
            // Only the last batch of an epoch is smaller.
            if (first < whole) throw OtherBatches(position, rows);
            waiting.Add(sample);
            if (waiting.Count < rows) continue;
            Batch batch = collation.Fill(waiting, first, buffers?.Full);
            if (buffers is not null) buffers.Full = batch;
            first += rows;
            whole = first;
            waiting.Clear();
            yield return batch;
        }

        if (waiting.Count == 0 || dropRemainder) yield break;
        Batch last = collation.Fill(waiting, first, buffers?.Remainder);
        if (buffers is not null) buffers.Remainder = last;
        yield return last;
    }

    private static InvalidOperationException OtherBatches(EpochPosition position, int rows)
        => new($"The checkpoint stands after {position.Batches} batches with {position.Samples} samples of an epoch, which are not batches of {rows}: "
            + "a run resumes only with the same batches.");
}
