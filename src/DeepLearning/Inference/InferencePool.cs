namespace DeepLearning;

/// <summary>
/// The memory of predictions in progress: one workspace per call, returned when it ends, so that a server's calls allocate nothing. A call that fails returns
/// nothing: if it ran out of memory, the next call needs the memory it held.
/// </summary>
/// <remarks>
/// Workspaces wait in slots that threads empty and fill with one atomic exchange: no thread waits for one that the system has suspended. Blocks of slots are
/// only ever added, so a slot never moves.
/// </remarks>
internal sealed class InferencePool(ModelGraph graph)
{
    private readonly Block first = new();
    private int made;

    /// <summary>The number of workspaces, including idle ones: about as many as there were concurrent calls.</summary>
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

    /// <summary>Stops counting workspaces whose calls failed: bad requests to a server are not concurrent calls.</summary>
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
