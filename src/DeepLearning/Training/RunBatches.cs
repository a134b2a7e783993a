namespace DeepLearning;

/// <summary>
/// The batches of a source as a run or an evaluation reads them: into buffers of its own, and each checked as it comes where the data was not looked through
/// before.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="batchSize">Samples a batch, where the source asks.</param>
/// <param name="check">The check; null where all data was checked before.</param>
/// <param name="warnings">Takes a warning where a batch counts for nothing.</param>
internal sealed class RunBatches(BatchSource source, int batchSize, BatchCheck? check, List<string>? warnings = null)
{
    private readonly BatchBuffers buffers = new();
    private bool warned;

    public BatchSource Source => source;

    /// <summary>Batches in an epoch; null where only going through them tells.</summary>
    public int? PerEpoch => source.BatchesPerEpoch(batchSize);

    /// <summary>The samples in the first so many batches of an epoch; null where only the batches tell.</summary>
    public long? SamplesIn(int batches) => source.SamplesIn(batches, batchSize);

    /// <summary>The batches of an epoch that are still to come; each is good until the next is taken.</summary>
    /// <param name="position">Where to begin.</param>
    public IEnumerable<Batch> From(EpochPosition position)
    {
        position = position with { BatchSize = batchSize };
        IEnumerable<Batch> batches = source.RecycledEpoch(position, buffers)
            ?? throw new InvalidOperationException($"{source.GetType().Name}.{nameof(BatchSource.Epoch)} returned null; without batches it returns an empty sequence.");
        return check is null ? batches : Checked(batches, position.Batches);
    }

    private IEnumerable<Batch> Checked(IEnumerable<Batch> batches, int seen)
    {
        int number = seen;
        int? promised = PerEpoch;
        // Of those before, the run that read them made sure.
        bool anyCounts = seen > 0;
        foreach (Batch? batch in batches)
        {
            number++;
            if (number > promised) throw WrongNumber($"gives more from batch {seen + 1} on");
            if (batch is null)
                throw new ArgumentException($"Batch {number} of the stream is null; a stream without further batches ends instead.");
            bool counts = batch.SampleWeights is not { } weights || weights.AsReadOnlySpan().ContainsAnyExcept(0f);
            anyCounts |= counts;
            check!.Require(batch);
            if (!counts) Warn(number);
            yield return batch;
        }

        if (number < promised) throw WrongNumber($"ended after {number}");
        if (number > 0 && !anyCounts)
            throw new ArgumentException($"At least one sample weight must be above 0, but those of all {number} batches of an epoch are 0.");
    }

    private InvalidOperationException WrongNumber(string what)
        => new($"{source.GetType().Name} has {PerEpoch} batches an epoch, as its {nameof(BatchSource.BatchesPerEpoch)} says, but {what}: "
            + $"{nameof(BatchSource.Epoch)} begins at the position that it is given, and gives as many as remain.");

    private void Warn(int number)
    {
        if (warned || warnings is null) return;
        warned = true;
        warnings.Add($"The sample weights of batch {number} of the stream are all 0: it counts for nothing, as do further ones like it.");
    }
}
