namespace DeepLearning;

/// <summary>
/// Where and how often <c>Fit</c> saves the whole state of a run. The same program, started again, resumes from the newest checkpoint and ends with the same
/// bits as an uninterrupted run. Keras: <c>callbacks.BackupAndRestore</c>, with several checkpoints and the best one kept.
/// </summary>
/// <example><c>new CheckpointOptions("runs/digits") { EverySteps = 100 }</c></example>
public sealed record CheckpointOptions
{
    /// <summary>Checkpoints in this folder, after each epoch; the last 3 and the best are kept.</summary>
    /// <param name="folder">The folder of this run alone; created if missing.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public CheckpointOptions(string folder) => Folder = folder;

    /// <summary>
    /// The folder of this run alone: while a run uses it, <c>Fit</c> of another run, in this or another process, throws an <see cref="IOException"/>. A killed
    /// run releases it.
    /// </summary>
    public string Folder
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(Folder));
            field = value;
        }
    }

    /// <summary>Also saves every this many steps; by default only after each epoch and on cancellation.</summary>
    public int? EverySteps
    {
        get;
        init => field = value is not <= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(EverySteps), value, $"{nameof(EverySteps)} must be ≥ 1, got {value}.");
    }

    /// <summary>The number of newest checkpoints to keep, ≥ 1; 3 by default. If the newest is damaged, the one before it is used.</summary>
    public int KeepLast
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(KeepLast), value, $"{nameof(KeepLast)} must be ≥ 1, got {value}.");
    } = 3;

    /// <summary>Whether the checkpoint after the epoch with the best figure is kept too, as <c>best.safetensors</c>; true by default.</summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>The figure that determines the best epoch; by default <c>val_loss</c> if there is validation data, otherwise <c>loss</c>.</summary>
    public string? Monitor { get; init; }

    /// <summary>Whether higher or lower is better; by default determined by the figure's metric.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>
    /// For a model with custom layers, the kinds that make each checkpoint a model file as well, for <c>Load</c> with the same kinds;
    /// <see cref="LayerKinds.BuiltIn"/> by default. A run with layers that are not listed here still resumes, but for such a layer only its <c>ToString()</c>
    /// is compared with the checkpoint; with its kind, all settings are. Custom regularizers and constraints that are not listed are in the file as their text.
    /// </summary>
    public LayerKinds LayerKinds { get; init => field = value ?? throw new ArgumentNullException(nameof(LayerKinds)); } = LayerKinds.BuiltIn;

    /// <summary>
    /// Whether to resume from the checkpoints in the folder; true by default. False starts over, and the first save replaces the checkpoints in the folder.
    /// </summary>
    public bool Resume { get; init; } = true;
}
