namespace DeepLearning;

/// <summary>
/// Multiplies the learning rate by a factor when a figure has stopped improving for <see cref="Patience"/> epochs. Keras: <c>callbacks.ReduceLROnPlateau</c>.
/// (PyTorch has a relative threshold; its patience p acts after p + 1 epochs, and its cooldown c is c + 1 here.) Under a schedule it multiplies
/// <see cref="Optimizer.RateFactor"/>.
/// </summary>
/// <example><c>new ReduceLearningRateOnPlateau(factor: 0.2, patience: 5) { MinLearningRate = 1e-5 }</c></example>
public sealed class ReduceLearningRateOnPlateau : Callback
{
    private MonitoredFigure figure;
    private TrainingContext? run;
    private float best;
    private int wait, cooling;

    /// <summary>Lowers the rate when a figure has not improved for a number of epochs.</summary>
    /// <param name="monitor">The figure to monitor; <c>val_loss</c> by default.</param>
    /// <param name="factor">What the rate is multiplied by, in (0, 1); 0.1 by default.</param>
    /// <param name="patience">Epochs to wait for an improvement; 10 by default. 0 and 1 both lower the rate at the first epoch without one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ReduceLearningRateOnPlateau(string monitor = "val_loss", double factor = 0.1, int patience = 10)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        (Monitor, Factor, Patience) = (monitor, factor, patience);
    }

    /// <summary>The figure to monitor; <c>val_loss</c> by default.</summary>
    public string Monitor { get; init; }

    /// <summary>What the rate is multiplied by, in (0, 1); 0.1 by default.</summary>
    public double Factor { get; init => field = Setting.Positive(Setting.Share(value)); }

    /// <summary>Epochs to wait for an improvement; 10 by default.</summary>
    public int Patience { get; init => field = NotNegative(value, nameof(Patience)); }

    /// <summary>A change must exceed this to count as an improvement; 1e-4 by default.</summary>
    public double MinDelta { get; init => field = Setting.NotNegative(value); } = 1e-4;

    /// <summary>
    /// Epochs after a reduction that do not count towards patience, except the last, as in Keras: 0 and 1 count every epoch; 0 by default.
    /// </summary>
    public int Cooldown { get; init => field = NotNegative(value, nameof(Cooldown)); }

    /// <summary>The rate is not lowered further than this; 0 by default.</summary>
    public double MinLearningRate { get; init => field = Setting.NotNegative(value); }

    /// <summary>Whether higher or lower is better; by default determined by the figure's metric.</summary>
    public MonitorMode Mode { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The run has no such figure: it lacks validation data, or the metric.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        figure = MonitoredFigure.Of(context, Monitor, Mode, nameof(ReduceLearningRateOnPlateau));
        run = context;
        (best, wait, cooling) = (figure.Worst, 0, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(logs);
        if (cooling > 0) (cooling, wait) = (cooling - 1, 0);
        float current = logs[Monitor];
        if (figure.Improves(current, best, (float)MinDelta))
        {
            (best, wait) = (current, 0);
            return;
        }

        if (cooling > 0 || ++wait < Patience || !(context.Optimizer.LearningRate > MinLearningRate)) return;
        Lower(context.Optimizer);
        (cooling, wait) = (Cooldown, 0);
    }

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        figure.Save(Monitor, state);
        state.Write("best", best);
        state.Write("waited", wait);
        state.Write("cooling", cooling);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The checkpoint is from a callback that monitored another figure or the opposite direction.</exception>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (run is null)
            throw new InvalidOperationException($"{nameof(LoadState)} of {nameof(ReduceLearningRateOnPlateau)} must be called after {nameof(OnTrainBegin)}.");
        figure.RequireSame(Monitor, state, nameof(ReduceLearningRateOnPlateau));
        (best, wait, cooling) = (figure.ReadBest(state), state.ReadInt32("waited", 0, run.EpochsDone), state.ReadInt32("cooling", 0, int.MaxValue));
    }

    private void Lower(Optimizer optimizer)
    {
        double rate = optimizer.LearningRate, lower = Math.Max(rate * Factor, MinLearningRate);
        if (optimizer.Schedule is null) optimizer.LearningRate = lower;
        else optimizer.RateFactor *= lower / rate;
    }

    private static int NotNegative(int value, string name)
        => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be ≥ 0, got {value}.");
}
