namespace DeepLearning;

/// <summary>Where a run's checkpoints are kept.</summary>
internal interface ICheckpointStore
{
    /// <summary>The newest good checkpoint; null where there is none at all.</summary>
    /// <param name="run">What the run is, text by name: a checkpoint has the same.</param>
    /// <param name="warnings">Told of checkpoints that are damaged.</param>
    /// <exception cref="CheckpointMismatchException">It is of another run.</exception>
    /// <exception cref="ModelFormatException">There are checkpoints, and none is good.</exception>
    (StateReader State, string Name)? Newest(IReadOnlyDictionary<string, string> run, List<string> warnings);

    /// <summary>Keeps a checkpoint, and lets go of those that are no longer wanted.</summary>
    /// <param name="run">What the run is.</param>
    /// <param name="state">Its state.</param>
    /// <param name="steps">The steps of the run so far.</param>
    /// <param name="best">Whether it is the best so far.</param>
    /// <exception cref="IOException">It cannot be written; those that were there still are.</exception>
    void Save(IReadOnlyDictionary<string, string> run, StateWriter state, long steps, bool best);
}
