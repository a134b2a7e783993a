using DeepLearning.Tracking.Schema;

namespace DeepLearning.Tracking;

/// <summary>
/// Writes event files that TensorBoard reads: the figures of each epoch, training and validation in one diagram (<c>epoch_loss</c>, <c>epoch_accuracy</c>), the
/// learning rate, and on request figures of single steps and histograms of the weights. Keras: <c>callbacks.TensorBoard</c>, whose tags and folders these are.
/// </summary>
/// <remarks>
/// The folder gets <c>train</c> and <c>validation</c>. Give each run its own folder below one, and TensorBoard compares them: <c>tensorboard --logdir
/// logs</c>. A run that resumes from a checkpoint continues its files, without what was written after the checkpoint.
/// </remarks>
/// <example><c>new TensorBoard("logs/first")</c></example>
public sealed class TensorBoard : Callback
{
    private const string Validation = "val_";

    private EventFile train, validation;
    private long steps;

    /// <summary>Writes below a folder.</summary>
    /// <param name="directory">The folder of the run; created if missing. <c>logs</c> by default.</param>
    /// <param name="everySteps">Every how many steps the figures of the epoch so far are written, as <c>batch_loss</c>; 0, the default, for none.</param>
    /// <param name="histogramsEveryEpochs">After every how many epochs the weights are written as histograms; 0, the default, for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public TensorBoard(string directory = "logs", int everySteps = 0, int histogramsEveryEpochs = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        (Directory, EverySteps, HistogramsEveryEpochs) = (directory, everySteps, histogramsEveryEpochs);
        (train, validation) = (New("train"), New("validation"));
    }

    /// <summary>The folder of the run; <c>logs</c> by default.</summary>
    public string Directory
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(Directory));
            field = value;
        }
    }

    /// <summary>Every how many steps the figures of the epoch so far are written; 0, the default, for none.</summary>
    public int EverySteps { get; init => field = NotNegative(value, nameof(EverySteps)); }

    /// <summary>After every how many epochs the weights are written as histograms, <c>dense/kernel</c>; 0, the default, for none.</summary>
    public int HistogramsEveryEpochs { get; init => field = NotNegative(value, nameof(HistogramsEveryEpochs)); }

    /// <summary>Dates the events; the system's clock by default.</summary>
    public TimeProvider Clock { get; init => field = value ?? throw new ArgumentNullException(nameof(Clock)); } = TimeProvider.System;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context) => (train, validation, steps) = (New("train"), New("validation"), 0);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        steps++;
        if (EverySteps == 0 || steps % EverySteps != 0) return;
        ArgumentNullException.ThrowIfNull(logs);
        // While an epoch runs, validation figures are those of the last epoch.
        train.Append(steps - 1, Scalars(logs.Where(f => !IsValidation(logs, f.Key)), "batch_"));
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        Summary trained = Scalars(logs.Where(f => !IsValidation(logs, f.Key)), "epoch_");
        trained.Value.Add(Scalar("epoch_learning_rate", (float)context.Optimizer.LearningRate));
        if (HistogramsEveryEpochs > 0 && context.Epoch % HistogramsEveryEpochs == 0)
            trained.Value.AddRange(context.Model.Parameters.Where(p => p.Value.Count > 0).Select(Histogram));
        train.Append(context.Epoch, trained);
        KeyValuePair<string, float>[] validated =
            [.. logs.Where(f => IsValidation(logs, f.Key)).Select(f => KeyValuePair.Create(f.Key[Validation.Length..], f.Value))];
        if (validated.Length > 0) validation.Append(context.Epoch, Scalars(validated, "epoch_"));
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write("steps", steps);
        foreach ((string name, EventFile file) in new[] { ("train", train), ("validation", validation) })
        {
            state.Write($"{name}File", file.Name ?? "");
            state.Write($"{name}Length", file.Length);
        }
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        long before = state.ReadInt64("steps");
        (string Name, long Length) trained = Of("train"), validated = Of("validation");
        (train, validation, steps) = (New("train"), New("validation"), before);
        if (trained.Name.Length > 0) train.Continue(trained.Name, trained.Length);
        if (validated.Name.Length > 0) validation.Continue(validated.Name, validated.Length);

        (string, long) Of(string name) => (Path.GetFileName(state.ReadString($"{name}File")), state.ReadInt64($"{name}Length"));
    }

    private EventFile New(string run) => new(Path.Combine(Directory, run), Clock);

    /// <summary>An output's own name may start with val_.</summary>
    private static bool IsValidation(Logs logs, string name)
        => name.StartsWith(Validation, StringComparison.Ordinal) && logs.Names.Contains(name[Validation.Length..]);

    private static Summary Scalars(IEnumerable<KeyValuePair<string, float>> figures, string prefix)
    {
        var summary = new Summary();
        summary.Value.AddRange(figures.Select(f => Scalar(prefix + f.Key, f.Value)));
        return summary;
    }

    private static Summary.Types.Value Scalar(string tag, float value) => new() { Tag = tag, SimpleValue = value };

    private static Summary.Types.Value Histogram(Parameter parameter)
        => new() { Tag = parameter.Name.Replace('.', '/'), Histo = WeightHistogram.Of(parameter.Value.AsReadOnlySpan()) };

    private static int NotNegative(int value, string name)
        => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be ≥ 0, got {value}.");
}
