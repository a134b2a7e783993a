namespace DeepLearning;

/// <content>Copies of a model, and what keeps them consistent.</content>
public abstract partial class Model
{
    /// <summary>Keeps two calls from changing the model at the same time.</summary>
    internal ExclusiveUse Exclusive { get; } = new();

    /// <summary>Steps made with this model, over all runs and compilations: random layers and shuffling derive their numbers from it.</summary>
    internal ulong StepsTrained { get; set; }

    /// <summary>Training forward passes of custom loops, minus one: their random layers derive their numbers from it.</summary>
    internal long ForwardPasses
    {
        get => forwardPasses;
        set => forwardPasses = value;
    }

    /// <summary>
    /// A model of the same layers with copies of the weights and the state, not compiled. Changes to one do not affect the other.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, so that its weights may be between two steps. A callback may call
    /// it.</exception>
    public virtual Model Clone() => Snapshot();

    /// <summary>
    /// Throws while another thread trains the model, since a copy of its weights could mix two steps. Saving, <see cref="Clone"/> and the exports call it; code
    /// that writes models in a custom format should call it too. In a callback of the run the weights do not change.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    public void ThrowIfTraining() => ExclusiveUse.RequireRest(Exclusive.Owner);

    /// <summary>A copy of the model between two steps: its values and its step count belong together.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, or trained it during the copy.</exception>
    internal Model Snapshot()
    {
        // The step count first: training that begins and ends after it was read has increased it.
        ulong steps = StepsTrained;
        int owner = Exclusive.Owner;
        ExclusiveUse.RequireRest(owner);
        ModelValues values = Values.Clone();
        Model copy = ModelBuilder.Make(Graph.In(values), values, Seed);
        (copy.StepsTrained, copy.ClassNames, copy.Encoding) = (steps, ClassNames, Encoding);
        Interlocked.MemoryBarrier();
        if (Exclusive.Owner != owner || StepsTrained != steps) ExclusiveUse.RequireRest(-1);
        return copy;
    }
}
