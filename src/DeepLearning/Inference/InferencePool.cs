namespace DeepLearning;

/// <summary>
/// The memory of predictions in progress: one workspace a call, given back when it ends, so that a server's calls allocate nothing. A call that fails
/// gives nothing back: where it ran out of memory, the next one needs what this one had got.
/// </summary>
/// <remarks>
/// Workspaces wait in places that threads empty and fill by one atomic exchange: nobody waits for a thread that the system has put aside. Blocks of
/// places are only ever added, so a place stays where it is.
/// </remarks>
internal sealed class InferencePool(ModelGraph graph)
{
    private readonly Block first = new();
    private int made;

    /// <summary>Workspaces that there are, idle ones included: about as many as there were calls at once.</summary>
    public int Made => Volatile.Read(ref made);

    public InferenceWorkspace Rent()
    {
        for (Block? block = first; block is not null; block = Volatile.Read(ref block.Next))
        {
            foreach (ref InferenceWorkspace? place in block.Places.AsSpan())
                if (place is not null && Interlocked.Exchange(ref place, null) is { } idle) return idle;
        }

        Interlocked.Increment(ref made);
        return new InferenceWorkspace(graph);
    }

    public void Return(InferenceWorkspace workspace)
    {
        for (Block block = first; ; block = Volatile.Read(ref block.Next) ?? Grow(block))
        {
            foreach (ref InferenceWorkspace? place in block.Places.AsSpan())
                if (place is null && Interlocked.CompareExchange(ref place, workspace, null) is null) return;
        }
    }

    /// <summary>Counts workspaces no more whose calls failed: a server's bad requests are not calls at once.</summary>
    public void Drop(int workspaces) => Interlocked.Add(ref made, -workspaces);

    private static Block Grow(Block last)
    {
        var added = new Block();
        return Interlocked.CompareExchange(ref last.Next, added, null) ?? added;
    }

    private sealed class Block
    {
        public readonly InferenceWorkspace?[] Places = new InferenceWorkspace?[16];
        public Block? Next;
    }
}
