namespace DeepLearning;

/// <summary>Gives the batches of each epoch, also from the middle of one.</summary>
internal interface IBatchSource
{
    /// <summary>Batches in an epoch; null where the data comes as a stream.</summary>
    int? BatchesPerEpoch { get; }

    /// <summary>The samples in the first so many batches of an epoch; null where only the stream knows.</summary>
    long? SamplesIn(int batches);

    /// <summary>The batches of an epoch that are still to come.</summary>
    /// <param name="beginning">The model's steps when the epoch began: they decide its order.</param>
    /// <param name="seen">The batches that the epoch has already had.</param>
    /// <param name="samples">The samples in them.</param>
    IEnumerable<Batch> Epoch(ulong beginning, int seen, long samples);

    /// <summary>Writes what must be the same for a run to go on.</summary>
    void Describe(StateWriter run);
}
