namespace DeepLearning;

/// <summary>
/// The memory of one prediction at a time. Two recycling tapes: full chunks and the rest have different shapes, and a tape reuses memory only for the same
/// shapes.
/// </summary>
internal sealed class InferenceWorkspace(ModelGraph graph)
{
    /// <summary>The values of the pass in progress.</summary>
    public ForwardPass Pass { get; } = new(graph);

    public Tape Full { get; } = Tape.Recycling(records: false);

    public Tape Rest { get; } = Tape.Recycling(records: false);

    /// <summary>The tape for a chunk, reset for it.</summary>
    public Tape For(int count, int chunk)
    {
        Tape tape = count == chunk ? Full : Rest;
        tape.Reset();
        return tape;
    }
}
