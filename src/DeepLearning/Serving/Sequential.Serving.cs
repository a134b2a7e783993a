namespace DeepLearning;

public sealed partial class Sequential
{
    /// <summary>Freezes the model for serving: a copy of the weights of this moment, which later training does not change.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, so that its weights may be between two steps. A callback may call it.</exception>
    public Predictor ToPredictor()
    {
        int trainer = Volatile.Read(ref training);
        ulong steps = StepsTrained;
        RequireRest(trainer);
        var predictor = new Predictor(new Sequential(this));
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref training) != trainer || StepsTrained != steps) RequireRest(-1);
        return predictor;
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
