namespace DeepLearning;

/// <summary>
/// The memory of predictions in progress: one workspace a call, given back when it ends, so that a server's calls allocate nothing. A call that fails
/// gives nothing back: where it ran out of memory, the next one needs what this one had got.
/// </summary>
internal sealed class InferencePool
{
    private readonly Lock gate = new();
    private readonly Stack<InferenceWorkspace> idle = new();

    public InferenceWorkspace Rent()
    {
        lock (gate) return idle.TryPop(out InferenceWorkspace? workspace) ? workspace : new InferenceWorkspace();
    }

    public void Return(InferenceWorkspace workspace)
    {
        lock (gate) idle.Push(workspace);
    }
}

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
