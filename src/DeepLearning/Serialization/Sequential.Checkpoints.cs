using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DeepLearning;

public sealed partial class Sequential
{
    /// <summary>
    /// Saves what a training loop of one's own needs to go on exactly: weights, the optimizer's state, and the counters that random numbers depend on.
    /// <c>Fit</c> does all of it by itself: see <see cref="FitOptions.Checkpoint"/>. Where the optimizer averages weights, <c>Load</c> of the file gives the
    /// average, and <see cref="LoadCheckpoint"/> the weights in training with the average beside them.
    /// </summary>
    /// <param name="path">The file; replaced in one step.</param>
    /// <param name="optimizer">The optimizer of the loop; by default the one the model is compiled with, where it is.</param>
    /// <param name="more">Writes what else the loop needs: its step, its figures.</param>
    /// <exception cref="InvalidOperationException">The model is being trained.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there still is.</exception>
    public void SaveCheckpoint(string path, Optimizer? optimizer = null, Action<StateWriter>? more = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Exclusively(() =>
        {
            optimizer ??= compilation?.Optimizer;
            var file = new StateWriter();
            SaveState(file, optimizer?.RunningAverage);
            StateWriter state = file.Part(StateWriter.BesideWeights);
            optimizer?.SaveState(state.Part("optimizer"));
            more?.Invoke(state.Part("own"));
            CheckpointFile.Write(path, this, RunDescription.Of(this, optimizer).Texts, file);
            return true;
        });
    }

    /// <summary>Takes up what <see cref="SaveCheckpoint"/> saved, or the weights and the optimizer's state of a checkpoint of <c>Fit</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="optimizer">An optimizer of the same kind and settings; by default the one the model is compiled with, where it is.</param>
    /// <param name="more">Reads what else was written. It is called before anything is changed.</param>
    /// <exception cref="CheckpointMismatchException">The checkpoint is of another model or optimizer; nothing was loaded.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, or no checkpoint; nothing was loaded.</exception>
    /// <exception cref="InvalidOperationException">The model is being trained, or the optimizer belongs to another model.</exception>
    public void LoadCheckpoint(string path, Optimizer? optimizer = null, Action<StateReader>? more = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Exclusively(() =>
        {
            optimizer ??= compilation?.Optimizer;
            (StateReader file, IReadOnlyDictionary<string, string> saved) = CheckpointFile.Read(path);
            CheckpointFile.RequireSame(path, saved, RunDescription.Of(this, optimizer).Texts, partly: true);
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
    /// <exception cref="InvalidOperationException">A layer is of no kind that files may name.</exception>
    internal void RequireSavable() => ModelFile.Describe(this, LayerKinds.BuiltIn);

    /// <summary>Where the checkpoints of a run are kept.</summary>
    internal ICheckpointStore OpenCheckpoints(CheckpointOptions options) => new CheckpointFolder(this, options);

    /// <summary>A layer with all its settings; one of a kind that files do not know as it prints itself.</summary>
    internal static string DescribeLayer(Layer layer)
    {
        if (LayerKinds.BuiltIn.Of(layer) is not { } kind) return layer.ToString();
        var settings = new LayerSettings();
        kind.Write(layer, settings);
        if (settings.IsEmpty) return kind.Name;
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text)) settings.WriteTo(json);
        return $"{kind.Name} {Encoding.UTF8.GetString(text.WrittenSpan)}";
    }
}
