namespace DeepLearning;

/// <summary>
/// Ends training when a figure has stopped getting better: after <see cref="Patience"/> epochs without an improvement, and never in the first.
/// Keras: <c>callbacks.EarlyStopping</c>.
/// </summary>
public sealed class EarlyStopping : Callback
{
    private MonitoredFigure figure;
    private TrainingContext? run;
    private float best;
    private float[]? bestWeights;
    private int wait;

    /// <summary>The figure to follow; <c>val_loss</c> by default.</summary>
    public string Monitor { get; init; } = "val_loss";

    /// <summary>An improvement is more than this; 0 by default.</summary>
    public float MinDelta
    {
        get;
        init => field = value >= 0f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(MinDelta)} is ≥ 0, got {value}.");
    }

    /// <summary>Epochs to wait for an improvement; 0 by default: the first epoch without one is the last.</summary>
    public int Patience
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Patience)} is ≥ 0, got {value}.");
    }

    /// <summary>Whether more or less is better; by default what the figure's metric says.</summary>
    public MonitorMode Mode { get; init; }

    /// <summary>Only figures better than this reset the waiting; none by default.</summary>
    public float? Baseline { get; init; }

    /// <summary>Whether the weights of the best epoch are put back when training ends, stopped early or not; false by default. Not after a cancellation or an exception.</summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>Epochs that do not count, at the beginning; 0 by default.</summary>
    public int StartFromEpoch
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(StartFromEpoch)} is ≥ 0, got {value}.");
    }

    /// <summary>The epoch with the best figure, from 0; −1 before there is one.</summary>
    public int BestEpoch { get; private set; } = -1;

    /// <summary>The epoch after which training was stopped, from 0; null if it was not.</summary>
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
        if (context.Epoch < StartFromEpoch) return;
        float current = logs[Monitor];
        if (RestoreBestWeights && bestWeights is null) Keep(context);
        wait++;
        if (figure.Improves(current, best, MinDelta))
        {
            best = current;
            Keep(context);
            if (Baseline is not { } baseline || figure.Improves(current, baseline, MinDelta)) wait = 0;
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
        bestWeights?.CopyTo(context.Model.Parameters.Flat.AsSpan());
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write("monitor", Monitor);
        state.Write("best", best);
        state.Write("waited", wait);
        state.Write("bestEpoch", BestEpoch);
        state.Write("stoppedEpoch", StoppedEpoch ?? -1);
        state.Write("keepsWeights", bestWeights is not null);
        if (bestWeights is not null) state.Write("bestWeights", bestWeights);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The checkpoint is of a callback that monitored another figure.</exception>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.ReadString("monitor") is var before && before != Monitor)
        {
            throw new InvalidOperationException(
                $"EarlyStopping monitors {Monitor}, but in the checkpoint it monitored {before}; their best values cannot be compared.");
        }

        if (run is null) throw new InvalidOperationException($"{nameof(LoadState)} of EarlyStopping comes after {nameof(OnTrainBegin)}.");
        int epochs = run.Epochs;
        (float bestBefore, int waited) = (state.ReadComparable("best"), state.ReadInt32("waited", 0, epochs));
        (int bestEpoch, int stopped) = (state.ReadInt32("bestEpoch", -1, epochs - 1), state.ReadInt32("stoppedEpoch", -1, epochs - 1));
        float[]? weights = state.ReadBoolean("keepsWeights") ? run.Model.Parameters.ReadWeights(state, "bestWeights") : null;
        (best, wait, BestEpoch, StoppedEpoch) = (bestBefore, waited, bestEpoch, stopped >= 0 ? stopped : null);
        bestWeights = RestoreBestWeights ? weights : null;
    }

    private void Keep(TrainingContext context)
    {
        BestEpoch = context.Epoch;
        if (!RestoreBestWeights) return;
        Span<float> weights = context.Model.Parameters.Flat.AsSpan();
        bestWeights ??= new float[weights.Length];
        weights.CopyTo(bestWeights);
    }
}
