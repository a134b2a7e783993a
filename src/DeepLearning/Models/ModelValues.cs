using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>
/// All values of a model: the trained parameters, and the state that layers keep alongside them. Everything that saves or restores a model does so for both,
/// through this class: early stopping, divergence, checkpoints, copies, files.
/// </summary>
internal sealed class ModelValues
{
    public ModelValues(
        IReadOnlyList<(string Name, Shape Shape, ParameterOptions? Options)> trainable, IReadOnlyList<(string Name, Shape Shape, ParameterOptions? Options)> state)
    {
        if (trainable.Select(p => p.Name).Intersect(state.Select(s => s.Name)).FirstOrDefault() is { } twice)
            throw new ArgumentException($"A parameter and a state of the model have the same name {twice}: give one of their layers another with Named.");
        State = new ParameterSet(state);
        Trainable = new ParameterSet(trainable) { States = state.Count > 0 ? State : null };
    }

    public ParameterSet Trainable { get; }

    public ParameterSet State { get; }

    /// <summary>Every parameter and every state, in order.</summary>
    public IEnumerable<Parameter> All => Trainable.Concat(State);

    /// <summary>The first parameter or state with a value that is not finite; null if there is none.</summary>
    public Parameter? NotFinite
        => Reductions.AllFinite(Trainable.Flat.AsSpan()) && Reductions.AllFinite(State.Flat.AsSpan())
            ? null
            : All.FirstOrDefault(p => !Reductions.AllFinite(p.Value.AsReadOnlySpan()));

    /// <summary>Saves the current values, in the memory of an earlier snapshot if one is given.</summary>
    public void CopyTo(ref ValueSnapshot? snapshot)
    {
        snapshot ??= new ValueSnapshot(new float[Trainable.Flat.Length], new float[State.Flat.Length]);
        Trainable.Flat.AsSpan().CopyTo(snapshot.Trainable);
        State.Flat.AsSpan().CopyTo(snapshot.State);
    }

    /// <summary>Restores a snapshot.</summary>
    public void Restore(ValueSnapshot snapshot)
    {
        snapshot.Trainable.CopyTo(Trainable.Flat.AsSpan());
        snapshot.State.CopyTo(State.Flat.AsSpan());
    }

    /// <summary>New memory with the same values.</summary>
    public ModelValues Clone()
    {
        var copy = new ModelValues(Declared(Trainable), Declared(State));
        Trainable.Flat.AsSpan().CopyTo(copy.Trainable.Flat.AsSpan());
        State.Flat.AsSpan().CopyTo(copy.State.Flat.AsSpan());
        return copy;
    }

    private static List<(string Name, Shape Shape, ParameterOptions? Options)> Declared(ParameterSet set) => [.. set.Select(p => (p.Name, p.Shape, (ParameterOptions?)p.Options))];
}
