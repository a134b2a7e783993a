namespace DeepLearning;

/// <content>Checkpoints of custom loops.</content>
public abstract partial class Model
{
    /// <summary>
    /// Saves what a custom training loop needs to resume exactly: weights, the optimizer's state, and the counters that random numbers depend on.
    /// <c>Fit</c> does this automatically: see <see cref="FitOptions.Checkpoint"/>. If the optimizer averages weights, <c>Load</c> of the file gives the
    /// average, and <see cref="LoadCheckpoint"/> restores the training weights and the average. <c>Load</c> needs a model of built-in layers: with a custom
    /// layer, only <see cref="LoadCheckpoint"/> and <c>LoadWeights</c> can read the file.
    /// </summary>
    /// <param name="path">The file; replaced atomically.</param>
    /// <param name="optimizer">The optimizer of the loop; by default the one the model is compiled with, if any.</param>
    /// <param name="more">Writes what else the loop needs: its step, its figures.</param>
    /// <exception cref="InvalidOperationException">The model is being trained, or has weights that are not finite, which no checkpoint may hold.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public void SaveCheckpoint(string path, Optimizer? optimizer = null, Action<StateWriter>? more = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using ExclusiveUse.Hold hold = Exclusive.Enter();
        optimizer ??= Trainer.Optimizer;
        if (Values.NotFinite is { } parameter)
            throw new InvalidOperationException($"{parameter.Name} has values that are not finite, which no checkpoint may hold. "
                + $"The file at {path} is unchanged.");
        var file = new StateWriter();
        ModelState.Save(this, file, optimizer?.RunningAverage);
        StateWriter state = file.Part(StateWriter.BesideWeights);
        optimizer?.SaveState(state.Part("optimizer"));
        more?.Invoke(state.Part("own"));
        CheckpointFile.Write(path, this, LayerKinds.BuiltIn, RunDescription.Of(this, optimizer, LayerKinds.BuiltIn).Texts, file);
    }

    /// <summary>Restores what <see cref="SaveCheckpoint"/> saved, or the weights and the optimizer's state of a checkpoint of <c>Fit</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="optimizer">An optimizer of the same kind and settings; by default the one the model is compiled with, if any.</param>
    /// <param name="more">Reads what else was written. It is called before anything is changed, and its exceptions are passed on.</param>
    /// <exception cref="CheckpointMismatchException">The checkpoint is of another model or optimizer; nothing was loaded.</exception>
    /// <exception cref="ModelFormatException">
    /// The file is damaged, incomplete, not a checkpoint, or holds values that no run can have; nothing was loaded.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model is being trained, or the optimizer belongs to another model.</exception>
    public void LoadCheckpoint(string path, Optimizer? optimizer = null, Action<StateReader>? more = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using ExclusiveUse.Hold hold = Exclusive.Enter();
        optimizer ??= Trainer.Optimizer;
        (StateReader file, IReadOnlyDictionary<string, string> saved) = CheckpointFile.Read(path);
        CheckpointFile.RequireSame(path, saved, RunDescription.Of(this, optimizer, LayerKinds.BuiltIn).Texts, partly: true);
        Action weights = ModelState.Prepare(this, file);
        StateReader state = file.Part(StateWriter.BesideWeights);
        Action? steps = optimizer?.PrepareState(Parameters, state.Part("optimizer"));
        more?.Invoke(state.Part("own"));
        weights();
        steps?.Invoke();
    }
}
