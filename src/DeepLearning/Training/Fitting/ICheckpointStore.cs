namespace DeepLearning;

/// <summary>Where a run's checkpoints are kept.</summary>
internal interface ICheckpointStore
{
    /// <summary>Keeps every other run out, of this process and of others, until the result is disposed of or the process ends in whatever way.</summary>
    /// <exception cref="IOException">Another run is there, or the place cannot be written.</exception>
    IDisposable Hold();

    /// <summary>The names of the checkpoints that a run may go on from, in the order in which they are to be tried.</summary>
    IReadOnlyList<string> Names();

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="run">What the run is, text by name: the checkpoint has the same.</param>
    /// <exception cref="CheckpointMismatchException">It is of another run.</exception>
    /// <exception cref="ModelFormatException">It is damaged.</exception>
    StateReader Read(string name, IReadOnlyDictionary<string, string> run);

    /// <summary>Says that the run goes on from its checkpoint after so many steps.</summary>
    void GoOnFrom(long steps);

    /// <summary>Keeps a checkpoint, and lets go of those that are no longer wanted.</summary>
    /// <param name="run">What the run is.</param>
    /// <param name="state">Its state.</param>
    /// <param name="steps">The steps of the run so far.</param>
    /// <param name="best">Whether it is the best so far.</param>
    /// <exception cref="IOException">It cannot be written; those that were there still are.</exception>
    void Save(IReadOnlyDictionary<string, string> run, StateWriter state, long steps, bool best);
}
