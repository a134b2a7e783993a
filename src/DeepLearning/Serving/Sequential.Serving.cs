namespace DeepLearning;

public sealed partial class Sequential
{
    /// <summary>Freezes the model for serving: a copy of the weights of this moment, which later training does not change.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, so that its weights may be between two steps. A callback may call it.</exception>
    public Predictor ToPredictor() => new(Snapshot());

    /// <summary>A copy of the model between two steps, its weights and its count of steps of the same moment.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, or trained it while it was copied.</exception>
    internal Sequential Snapshot()
    {
        // The steps first: training that begins and ends after them has counted on.
        ulong steps = StepsTrained;
        int trainer = Interlocked.CompareExchange(ref training, 0, 0);
        RequireRest(trainer);
        var copy = new Sequential(this) { StepsTrained = steps };
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref training) != trainer || StepsTrained != steps) RequireRest(-1);
        return copy;
    }

    /// <summary>
    /// Throws while another thread trains the model, since a copy of its weights might be of two steps. <see cref="Save(string, LayerKinds)"/> and the exports
    /// call it, and so should what writes models in a form of your own. In a callback of the run the weights hold still.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    public void ThrowIfTraining() => RequireRest(Volatile.Read(ref training));

    private static void RequireRest(int trainer)
    {
        if (trainer != 0 && trainer != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("The model is being trained by another thread; save, export or freeze it after training, or in a callback of the run.");
    }
}
