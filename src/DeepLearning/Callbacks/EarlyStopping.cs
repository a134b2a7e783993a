namespace DeepLearning;

/// <summary>
/// Ends training when a figure has stopped improving: after <see cref="Patience"/> epochs without an improvement, and never in the first.
/// Keras: <c>callbacks.EarlyStopping</c>.
/// </summary>
public sealed class EarlyStopping : Callback
{
    private MonitoredFigure figure;
    private TrainingContext? run;
    private float best;
    private ValueSnapshot? bestWeights;
    private int wait;

    /// <summary>Stops when a figure has not improved for a number of epochs.</summary>
    /// <param name="monitor">The figure to monitor; <c>val_loss</c> by default.</param>
    /// <param name="patience">Epochs to wait for an improvement; 0 by default: the first epoch without one is the last.</param>
    /// <param name="restoreBestWeights">Whether the weights of the best epoch are restored when training ends; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The patience is negative.</exception>
    public EarlyStopping(string monitor = "val_loss", int patience = 0, bool restoreBestWeights = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        (Monitor, Patience, RestoreBestWeights) = (monitor, patience, restoreBestWeights);
    }

    /// <summary>The figure to monitor; <c>val_loss</c> by default.</summary>
    public string Monitor { get; init; }

    /// <summary>The smallest change that counts as an improvement must exceed this; 0 by default.</summary>
    public double MinDelta { get; init => field = Setting.NotNegative(value); }

    /// <summary>Epochs to wait for an improvement; 0 by default: the first epoch without one is the last.</summary>
    public int Patience
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Patience), value, $"{nameof(Patience)} must be ≥ 0, got {value}.");
    }

    /// <summary>Whether higher or lower is better; by default determined by the figure's metric.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>Only figures better than this reset the wait; none by default.</summary>
    public double? Baseline { get; init => field = value is { } limit ? Setting.Number(limit) : null; }

    /// <summary>
    /// Whether the weights of the best epoch are restored when training ends, stopped early, diverged or not; false by default. After a cancellation or another
    /// exception the model has the weights of the last complete step, and <see cref="RestoreBest"/> restores the best.
    /// </summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>Epochs that do not count, at the beginning; 0 by default.</summary>
    public int StartFromEpoch
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(StartFromEpoch), value, $"{nameof(StartFromEpoch)} must be ≥ 0, got {value}.");
    }

    /// <summary>
    /// The epoch with the best figure, counted like <see cref="TrainingContext.Epoch"/>: from 0, or from <see cref="FitOptions.InitialEpoch"/>, whereas a
    /// history counts from 0 in every run. −1 before there is one, or if every figure is NaN; the weights kept are then those of the first epoch.
    /// </summary>
    public int BestEpoch { get; private set; } = -1;

    /// <summary>The epoch after which training was stopped, counted like <see cref="BestEpoch"/>; null if it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The run has no such figure: it lacks validation data, or the metric.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        figure = MonitoredFigure.Of(context, Monitor, Mode, nameof(EarlyStopping));
        run = context;
        best = figure.Worst;
        (wait, bestWeights, BestEpoch, StoppedEpoch) = (0, null, -1, null);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        // A stopped run may continue with more epochs.
        StoppedEpoch = null;
        if (context.Epoch < StartFromEpoch) return;
        float current = logs[Monitor];
        if (RestoreBestWeights && bestWeights is null) Keep(context);
        wait++;
        if (figure.Improves(current, best, (float)MinDelta))
        {
            (best, BestEpoch) = (current, context.Epoch);
            Keep(context);
            if (Baseline is not { } baseline || figure.Improves(current, (float)baseline, (float)MinDelta)) wait = 0;
            return;
        }

        if (wait < Patience || context.Epoch == 0) return;
        StoppedEpoch = context.Epoch;
        context.Stop();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        PutBack(context.Model);
    }

    /// <summary>Puts the weights of <see cref="BestEpoch"/> into the model that was trained: for use after a <c>Fit</c> that was cancelled or threw.</summary>
    /// <param name="model">The model that <c>Fit</c> trained with this callback.</param>
    /// <exception cref="InvalidOperationException">No weights were kept: <see cref="RestoreBestWeights"/> is false, or no epoch was completed.</exception>
    /// <exception cref="ArgumentException">The model has another number of weights.</exception>
    public void RestoreBest(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (bestWeights is null)
        {
            throw new InvalidOperationException(RestoreBestWeights
                ? "EarlyStopping has kept no weights yet: no epoch was completed."
                : $"EarlyStopping keeps the best weights only with {nameof(RestoreBestWeights)} = true.");
        }

        if (!bestWeights.Fits(model.Values))
            throw new ArgumentException("The best weights are those of another model; pass the one that Fit trained with this callback.", nameof(model));
        PutBack(model);
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        figure.Save(Monitor, state);
        state.Write("best", best);
        state.Write("waited", wait);
        state.Write("bestEpoch", BestEpoch);
        state.Write("stoppedEpoch", StoppedEpoch ?? -1);
        state.Write("keepsWeights", bestWeights is not null);
        bestWeights?.Save(state, "bestWeights");
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// The checkpoint is of a callback that monitored another figure or its other direction, or that kept no weights although they should be restored.
    /// </exception>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (run is null) throw new InvalidOperationException($"{nameof(LoadState)} of EarlyStopping must be called after {nameof(OnTrainBegin)}.");
        figure.RequireSame(Monitor, state, nameof(EarlyStopping));
        int done = run.EpochsDone;
        (float bestBefore, int waited) = (figure.ReadBest(state), state.ReadInt32("waited", 0, done));
        (int bestEpoch, int stopped) = (state.ReadInt32("bestEpoch", -1, done - 1), state.ReadInt32("stoppedEpoch", -1, done - 1));
        if (bestEpoch < 0 && bestBefore != figure.Worst) throw state.Wrong("best", $"{figure.Worst}, as there is no best epoch,");
        bool keepsWeights = state.ReadBoolean("keepsWeights");
        bool isThere = ValueSnapshot.IsIn(state, "bestWeights") || !run.Model.Values.All.Any();
        if (keepsWeights ? !isThere : ValueSnapshot.IsIn(state, "bestWeights"))
            throw state.Wrong("keepsWeights", "true where there are weights of a best epoch, else false,");
        ValueSnapshot? weights = keepsWeights ? ValueSnapshot.Read(state, "bestWeights", run.Model.Values) : null;
        if (RestoreBestWeights && weights is null && bestEpoch >= 0)
        {
            throw new InvalidOperationException(
                $"EarlyStopping has {nameof(RestoreBestWeights)} = true, but in the checkpoint it was false: the weights of epoch {bestEpoch + 1}, the best, "
                + "were not kept.");
        }

        (best, wait, BestEpoch, StoppedEpoch) = (bestBefore, waited, bestEpoch, stopped >= 0 ? stopped : null);
        bestWeights = RestoreBestWeights ? weights : null;
    }

    /// <summary>Restores the best weights, if there are any.</summary>
    internal bool PutBack(Model model)
    {
        if (bestWeights is not null) model.Values.Restore(bestWeights);
        return bestWeights is not null;
    }

    private void Keep(TrainingContext context)
    {
        if (RestoreBestWeights) context.Model.Values.CopyTo(ref bestWeights);
    }
}
