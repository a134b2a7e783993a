namespace DeepLearning;

/// <summary>Provides the batches of each epoch, also from the middle of one.</summary>
internal interface IBatchSource
{
    /// <summary>Batches in an epoch; null for a stream.</summary>
    int? BatchesPerEpoch { get; }

    /// <summary>The samples in the first batches of an epoch; null for a stream.</summary>
    long? SamplesIn(int batches);

    /// <summary>The name of each input column; none where they are not known.</summary>
    IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The batches of an epoch that are still to come.</summary>
    /// <param name="beginning">The model's steps when the epoch began: they determine its order.</param>
    /// <param name="seen">The number of batches already seen in the epoch.</param>
    /// <param name="samples">The samples in them.</param>
    IEnumerable<Batch> Epoch(ulong beginning, int seen, long samples);

    /// <summary>Writes what must be the same for a run to resume.</summary>
    void Describe(StateWriter run);
}
