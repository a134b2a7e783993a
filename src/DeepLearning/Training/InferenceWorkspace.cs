namespace DeepLearning;

/// <summary>Two recycling tapes: full chunks and the rest have different shapes, and a tape recycles only what has the same shape again.</summary>
internal sealed class InferenceWorkspace
{
    public Tape Full { get; } = Tape.Recycling(records: false);

    public Tape Rest { get; } = Tape.Recycling(records: false);

    /// <summary>The tape for a chunk, ready for it.</summary>
    public Tape For(int count, int chunk)
    {
        Tape tape = count == chunk ? Full : Rest;
        tape.Reset();
        return tape;
    }
}
