namespace DeepLearning;

/// <summary>
/// The batches of a source as a run or an evaluation reads them: into separate buffers, and each checked as it arrives if the data was not checked before.
/// </summary>
/// <param name="source">The source.</param>
/// <param name="batchSize">Samples per batch, if the source uses it.</param>
/// <param name="check">The check; null if all data was checked before.</param>
/// <param name="warnings">Takes a warning if a batch has no effect.</param>
internal sealed class RunBatches(BatchSource source, int batchSize, BatchCheck? check, List<string>? warnings = null)
{
    private readonly BatchBuffers buffers = new();
    private bool warned;

    public BatchSource Source => source;

    /// <summary>Batches in an epoch; null if not known in advance.</summary>
    public int? PerEpoch => source.BatchesPerEpoch(batchSize);

    /// <summary>The samples in the first <paramref name="batches"/> batches of an epoch; null if not known in advance.</summary>
    public long? SamplesIn(int batches) => source.SamplesIn(batches, batchSize);

    /// <summary>The remaining batches of an epoch; each is valid until the next is requested.</summary>
    /// <param name="position">Where to start.</param>
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
        // Earlier batches were checked by the run that read them.
        bool anyCounts = seen > 0;
        foreach (Batch? batch in batches)
        {
            number++;
            if (number > promised) throw WrongNumber($"gives more from batch {seen + 1} on");
            if (batch is null)
                throw new ArgumentException($"Batch {number} of the stream is null; a stream that has no more batches must end instead.");
            bool counts = batch.SampleWeights is not { } weights || weights.AsReadOnlySpan().ContainsAnyExcept(0f);
            anyCounts |= counts;
            check!.Require(batch);
            if (!counts) Warn(number);
            yield return batch;
        }

        if (number < promised) throw WrongNumber($"ended after {number}");
        if (number > 0 && !anyCounts)
            throw new ArgumentException($"At least one sample weight must be above 0, but all weights in the {number} batches of an epoch are 0.");
    }

    private InvalidOperationException WrongNumber(string what)
        => new($"{source.GetType().Name} has {PerEpoch} batches per epoch according to {nameof(BatchSource.BatchesPerEpoch)}, but {what}: "
            + $"{nameof(BatchSource.Epoch)} must start at the given position and give all that remain.");

    private void Warn(int number)
    {
        if (warned || warnings is null) return;
        warned = true;
        warnings.Add($"The sample weights of batch {number} of the stream are all 0: it has no effect, and nor do further ones like it.");
    }
}
