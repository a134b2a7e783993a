namespace DeepLearning;

/// <summary>Code that changes a model runs alone: a second concurrent call throws, and copies are made only while nothing changes.</summary>
internal sealed class ExclusiveUse
{
    /// <summary>The thread that changes the model; 0 if none does.</summary>
    private int owner;

    /// <summary>The thread that currently changes the model; 0 if none does.</summary>
    public int Owner => Interlocked.CompareExchange(ref owner, 0, 0);

    /// <summary>Runs an action that changes the model.</summary>
    /// <exception cref="InvalidOperationException">Another call is changing the model.</exception>
    public TResult Run<TResult>(Func<TResult> action)
    {
        if (Interlocked.CompareExchange(ref owner, Environment.CurrentManagedThreadId, 0) != 0)
            throw new InvalidOperationException("The model is already being trained; a model is trained by one call at a time.");
        try
        {
            return action();
        }
        finally
        {
            Volatile.Write(ref owner, 0);
        }
    }

    /// <summary>Runs what changes the model, also within the call of the same thread that has it: in a callback, between two steps.</summary>
    /// <exception cref="InvalidOperationException">Another thread changes the model.</exception>
    public void RunWithin(Action action)
    {
        if (Owner == Environment.CurrentManagedThreadId) action();
        else Run(action);
    }

    /// <inheritdoc cref="Run{TResult}"/>
    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    /// <summary>Throws if the owner is another thread.</summary>
    public static void RequireRest(int owner)
    {
        if (owner != 0 && owner != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("The model is being trained by another thread; save, export or freeze it after training, or in a callback of the run.");
    }
}
