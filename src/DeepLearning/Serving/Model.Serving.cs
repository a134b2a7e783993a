namespace DeepLearning;

/// <content>Copies for serving and saving.</content>
public abstract partial class Model
{
    /// <summary>Freezes the model for serving: a copy of the weights of this moment, which later training does not change.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, so that its weights may be between two steps. A callback may call it.</exception>
    public Predictor ToPredictor() => new(Snapshot());

    /// <summary>
    /// A model of the same layers with copies of the weights and the state, not compiled: what happens to one does not touch the other.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, so that its weights may be between two steps. A callback may call it.</exception>
    public virtual Model Clone() => Snapshot();

    /// <summary>A copy of the model between two steps, its values and its count of steps of the same moment.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, or trained it while it was copied.</exception>
    internal Model Snapshot()
    {
        // The steps first: training that begins and ends after them has counted on.
        ulong steps = StepsTrained;
        int trainer = Trainer.Thread;
        DeepLearning.Trainer.RequireRest(trainer);
        ModelValues values = Values.Clone();
        Model copy = ModelBuilder.Make(Graph.In(values), values, Seed);
        (copy.StepsTrained, copy.ClassNames) = (steps, ClassNames);
        Interlocked.MemoryBarrier();
        if (Trainer.Thread != trainer || StepsTrained != steps) DeepLearning.Trainer.RequireRest(-1);
        return copy;
    }

    /// <summary>
    /// Throws while another thread trains the model, since a copy of its weights might be of two steps. <see cref="Save(string, LayerKinds)"/> and the exports
    /// call it, and so should what writes models in a format of its own. In a callback of the run the weights hold still.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    public void ThrowIfTraining() => DeepLearning.Trainer.RequireRest(Trainer.Thread);
}
