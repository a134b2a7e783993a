namespace DeepLearning;

/// <summary>
/// Saves the model after each epoch, or after those in which a figure improved: files to predict with. To resume an interrupted run, see
/// <see cref="CheckpointOptions"/>. Keras: <c>callbacks.ModelCheckpoint</c>.
/// </summary>
/// <example><c>new ModelCheckpoint("digits.safetensors", saveBestOnly: true)</c></example>
public sealed class ModelCheckpoint : Callback
{
    private readonly FigurePattern pattern;
    private MonitoredFigure? figure;
    private float best;

    /// <summary>Saves to this path.</summary>
    /// <param name="path">A file, replaced atomically; with placeholders for the epoch, from 1, and for figures, in .NET's formats:
    /// <c>digits-{epoch:000}-{val_loss:F3}.safetensors</c>. Its folder is created if missing. A path without <c>{epoch}</c> is one file, which each
    /// save replaces; so does one with only figures when two values are written alike.</param>
    /// <param name="monitor">The figure to monitor if only the best are saved; <c>val_loss</c> by default.</param>
    /// <param name="saveBestOnly">Whether to save only when the figure is better than ever before; false by default.</param>
    /// <exception cref="ArgumentException">
    /// The path is empty, a brace has no partner, or a format is not a .NET format for such a number, or does not distinguish two numbers: Python's
    /// <c>{epoch:02d}</c> is <c>{epoch:00}</c> here, its <c>{val_loss:.2f}</c> is <c>{val_loss:F2}</c>.
    /// </exception>
    public ModelCheckpoint(string path, string monitor = "val_loss", bool saveBestOnly = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        (Path, Monitor, SaveBestOnly) = (path, monitor, saveBestOnly);
        pattern = new FigurePattern(path);
    }

    /// <summary>The path as given.</summary>
    public string Path { get; }

    /// <summary>The figure to monitor with <see cref="SaveBestOnly"/>; <c>val_loss</c> by default.</summary>
    public string Monitor { get; init; }

    /// <summary>Whether higher or lower is better; by default determined by the figure's metric.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>Whether to save only when <see cref="Monitor"/> is better than ever before; false by default.</summary>
    public bool SaveBestOnly { get; init; }

    /// <summary>Only figures better than this are saved under <see cref="SaveBestOnly"/>; none by default.</summary>
    public double? InitialValueThreshold { get; init => field = value is { } limit ? Setting.Number(limit) : null; }

    /// <summary>Needed if the model has custom layers, as for <c>Save</c> and <c>Load</c>; <see cref="LayerKinds.BuiltIn"/> by default.</summary>
    public LayerKinds LayerKinds { get; init => field = value ?? throw new ArgumentNullException(nameof(LayerKinds)); } = LayerKinds.BuiltIn;

    /// <summary>The file that was saved last; null before the first.</summary>
    public string? LastPath { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The run has no figure that is monitored or that the path names.</exception>
    /// <exception cref="InvalidOperationException">The model has layers that <see cref="LayerKinds"/> does not name.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Model.RequireSavable(LayerKinds, $"{nameof(ModelCheckpoint)}.{nameof(LayerKinds)}");
        pattern.RequireNames(context.Names);
        figure = SaveBestOnly ? MonitoredFigure.Of(context, Monitor, Mode, nameof(ModelCheckpoint)) : null;
        best = (float?)InitialValueThreshold ?? figure?.Worst ?? 0f;
        LastPath = null;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written; an existing file is unchanged.</exception>
    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        if (figure is { } followed)
        {
            if (!followed.Improves(logs[Monitor], best)) return;
            best = logs[Monitor];
        }

        string path = pattern.Fill(context.Epoch, logs);
        context.Model.Save(path, LayerKinds);
        LastPath = path;
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        figure.GetValueOrDefault().Save(SaveBestOnly ? Monitor : "", state);
        state.Write("best", best);
        state.Write("lastPath", LastPath ?? "");
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The checkpoint is of a callback that monitored another figure, or its other direction.</exception>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        figure.GetValueOrDefault().RequireSame(SaveBestOnly ? Monitor : "", state, nameof(ModelCheckpoint));
        float bestBefore = figure.GetValueOrDefault().ReadBest(state);
        LastPath = state.ReadString("lastPath") is { Length: > 0 } path ? path : null;
        best = bestBefore;
    }
}
