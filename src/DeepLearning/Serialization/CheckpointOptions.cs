namespace DeepLearning;

/// <summary>
/// Where and how often <c>Fit</c> saves the whole state of a run. The same program started again goes on from the newest checkpoint, and ends with the same
/// bits as a run that was never interrupted. Keras: <c>callbacks.BackupAndRestore</c>, with several checkpoints and the best one kept.
/// </summary>
/// <example><c>new CheckpointOptions("runs/digits") { EverySteps = 100 }</c></example>
public sealed record CheckpointOptions
{
    /// <summary>Checkpoints in this folder, after each epoch; the last 3 and the best are kept.</summary>
    /// <param name="folder">The folder of this run and of no other; made where it is missing.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public CheckpointOptions(string folder) => Folder = folder;

    /// <summary>
    /// The folder of this run and of no other: while a run has it, <c>Fit</c> of another, in this process or in one beside it, throws an
    /// <see cref="IOException"/>. A run that was killed leaves it free.
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

    /// <summary>Saves after each so many steps too; by default only after each epoch, and where the run is cancelled.</summary>
    public int? EverySteps
    {
        get;
        init => field = value is not <= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(EverySteps), value, $"{nameof(EverySteps)} must be ≥ 1, got {value}.");
    }

    /// <summary>The newest checkpoints that are kept, ≥ 1; 3 by default. Where the newest is damaged, the one before it is taken.</summary>
    public int KeepLast
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(KeepLast), value, $"{nameof(KeepLast)} must be ≥ 1, got {value}.");
    } = 3;

    /// <summary>Whether the checkpoint after the epoch with the best figure is kept too, as <c>best.safetensors</c>; true by default.</summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>The figure that decides what is best; by default <c>val_loss</c> where there is validation data, else <c>loss</c>.</summary>
    public string? Monitor { get; init; }

    /// <summary>Whether more or less is better; by default what the figure's metric says.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>
    /// Of a model with custom layers, what makes each checkpoint a model's file too, for <c>Load</c> with the same kinds;
    /// <see cref="LayerKinds.BuiltIn"/> by default. A run with layers that are not named here goes on all the same, but of such a layer only what its
    /// <c>ToString()</c> gives is compared with the checkpoint; with its kind, all settings are.
    /// </summary>
    public LayerKinds LayerKinds { get; init => field = value ?? throw new ArgumentNullException(nameof(LayerKinds)); } = LayerKinds.BuiltIn;

    /// <summary>
    /// Whether to go on from what is in the folder; true by default. False starts over, and the first save replaces the checkpoints in the folder.
    /// </summary>
    public bool Resume { get; init; } = true;
}
