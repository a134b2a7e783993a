namespace DeepLearning;

/// <summary>Code that changes a model runs alone: a second concurrent call throws, and copies are made only while nothing changes.</summary>
/// <example><c>using ExclusiveUse.Hold hold = model.Exclusive.Enter();</c></example>
internal sealed class ExclusiveUse
{
    /// <summary>The thread that changes the model; 0 if none does.</summary>
    private int owner;

    /// <summary>The thread that currently changes the model; 0 if none does.</summary>
    public int Owner => Interlocked.CompareExchange(ref owner, 0, 0);

    /// <summary>Allows changing the model until the hold is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another call is changing the model.</exception>
    public Hold Enter()
        => Interlocked.CompareExchange(ref owner, Environment.CurrentManagedThreadId, 0) == 0
            ? new Hold(this)
            : throw new InvalidOperationException("The model is already being trained; a model is trained by one call at a time.");

    /// <summary>Like <see cref="Enter"/>, but also allowed if the same thread already holds it: in a callback, between two steps.</summary>
    /// <exception cref="InvalidOperationException">Another thread changes the model.</exception>
    public Hold EnterWithin() => Owner == Environment.CurrentManagedThreadId ? default : Enter();

    /// <summary>Allows others to change the model while a function of the owner runs, which waits for them.</summary>
    /// <exception cref="InvalidOperationException">Afterwards another call is changing it.</exception>
    public bool Lend(Func<bool> waiting)
    {
        Volatile.Write(ref owner, 0);
        bool result = waiting();
        _ = Enter();
        return result;
    }

    /// <summary>Throws if the owner is another thread.</summary>
    public static void RequireRest(int owner)
    {
        if (owner != 0 && owner != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("The model is being trained by another thread; save, export or freeze it after training, or in a callback of the run.");
    }

    /// <summary>The period in which the model is changed; empty if an outer call holds it.</summary>
    public readonly ref struct Hold(ExclusiveUse? use)
    {
        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            // One that could not be taken back from a borrower is the borrower's.
            if (use is not null) Interlocked.CompareExchange(ref use.owner, 0, Environment.CurrentManagedThreadId);
        }
    }
}
