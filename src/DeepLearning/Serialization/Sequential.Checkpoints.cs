using DeepLearning.Kernels;

namespace DeepLearning;

public sealed partial class Sequential
{
    /// <summary>
    /// Saves what a custom training loop needs to go on exactly: weights, the optimizer's state, and the counters that random numbers depend on.
    /// <c>Fit</c> does all of it by itself: see <see cref="FitOptions.Checkpoint"/>. Where the optimizer averages weights, <c>Load</c> of the file gives the
    /// average, and <see cref="LoadCheckpoint"/> the weights in training with the average beside them. <c>Load</c> needs a model of this library's layers:
    /// with a custom layer the file is for <see cref="LoadCheckpoint"/> and <c>LoadWeights</c> alone.
    /// </summary>
    /// <param name="path">The file; replaced in one step.</param>
    /// <param name="optimizer">The optimizer of the loop; by default the one the model is compiled with, where it is.</param>
    /// <param name="more">Writes what else the loop needs: its step, its figures.</param>
    /// <exception cref="InvalidOperationException">The model is being trained, or has weights that are not finite: no checkpoint holds such.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there still is.</exception>
    public void SaveCheckpoint(string path, Optimizer? optimizer = null, Action<StateWriter>? more = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Exclusively(() =>
        {
            optimizer ??= compilation?.Optimizer;
            if (Parameters.FirstOrDefault(p => !Reductions.AllFinite(p.Value.AsReadOnlySpan())) is { } parameter)
                throw new InvalidOperationException($"{parameter.Name} has values that are not finite: no checkpoint holds such. What was at {path} still is.");
            var file = new StateWriter();
            SaveState(file, optimizer?.RunningAverage);
            StateWriter state = file.Part(StateWriter.BesideWeights);
            optimizer?.SaveState(state.Part("optimizer"));
            more?.Invoke(state.Part("own"));
            CheckpointFile.Write(path, this, LayerKinds.BuiltIn, RunDescription.Of(this, optimizer, LayerKinds.BuiltIn).Texts, file);
            return true;
        });
    }

    /// <summary>Takes up what <see cref="SaveCheckpoint"/> saved, or the weights and the optimizer's state of a checkpoint of <c>Fit</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="optimizer">An optimizer of the same kind and settings; by default the one the model is compiled with, where it is.</param>
    /// <param name="more">Reads what else was written. It is called before anything is changed, and what it throws comes through.</param>
    /// <exception cref="CheckpointMismatchException">The checkpoint is of another model or optimizer; nothing was loaded.</exception>
    /// <exception cref="ModelFormatException">
    /// The file is damaged, no checkpoint, lacks something, or holds what no run can have; nothing was loaded.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model is being trained, or the optimizer belongs to another model.</exception>
    public void LoadCheckpoint(string path, Optimizer? optimizer = null, Action<StateReader>? more = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Exclusively(() =>
        {
            optimizer ??= compilation?.Optimizer;
            (StateReader file, IReadOnlyDictionary<string, string> saved) = CheckpointFile.Read(path);
            CheckpointFile.RequireSame(path, saved, RunDescription.Of(this, optimizer, LayerKinds.BuiltIn).Texts, partly: true);
            Action weights = PrepareState(file);
            StateReader state = file.Part(StateWriter.BesideWeights);
            Action? steps = optimizer?.PrepareState(Parameters, state.Part("optimizer"));
            more?.Invoke(state.Part("own"));
            weights();
            steps?.Invoke();
            return true;
        });
    }

    /// <summary>Finds out before training whether the model can be saved afterwards.</summary>
    /// <param name="kinds">The kinds of layers that its file may name.</param>
    /// <param name="where">Where the user sets them, for the message.</param>
    /// <exception cref="InvalidOperationException">A layer is of none of them.</exception>
    internal void RequireSavable(LayerKinds kinds, string where)
    {
        if (Array.Find(slots, s => kinds.Of(s.Layer) is null) is not { } unknown) return;
        throw new InvalidOperationException(
            $"{unknown} has no name in files: set {where} to LayerKinds.BuiltIn.With(\"{unknown.Layer.Kind}\", write, read), and give Load the same.");
    }

    /// <summary>Where the checkpoints of a run are kept.</summary>
    internal ICheckpointStore OpenCheckpoints(CheckpointOptions options) => new CheckpointFolder(this, options);
}
