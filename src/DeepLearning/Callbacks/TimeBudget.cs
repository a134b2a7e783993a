namespace DeepLearning;

/// <summary>
/// Ends training normally when a time has passed: after the step that passes it, or after its epoch. Validation, checkpoints and pauses count. PyTorch
/// Lightning: <c>Timer</c>.
/// </summary>
/// <remarks>
/// The time of a resumed run is that of all its processes together; with a longer limit it goes on where it stopped, in the middle of an epoch too. To stop
/// each process after a time and go on later, cancel a token: <c>new CancellationTokenSource(time)</c>.
/// </remarks>
/// <example><c>new TimeBudget(TimeSpan.FromMinutes(30))</c></example>
public sealed class TimeBudget : Callback
{
    private TrainingContext? run;
    private TimeSpan before;
    private long start;

    /// <summary>Stops after a time.</summary>
    /// <param name="limit">The time, above 0.</param>
    /// <param name="wholeEpochs">Whether the epoch is completed first; false by default: it is cut short, and validated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above 0.</exception>
    public TimeBudget(TimeSpan limit, bool wholeEpochs = false) => (Limit, WholeEpochs) = (limit, wholeEpochs);

    /// <summary>The time.</summary>
    public TimeSpan Limit
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Limit), value, $"{nameof(Limit)} must be above 0, got {value}.");
    }

    /// <summary>Whether the epoch is completed first; false by default.</summary>
    public bool WholeEpochs { get; init; }

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Clock { get; init => field = value ?? throw new ArgumentNullException(nameof(Clock)); } = TimeProvider.System;

    /// <summary>The time that the run has taken, in all of its processes; 0 before the first.</summary>
    public TimeSpan Elapsed => run is null ? TimeSpan.Zero : before + Clock.GetElapsedTime(start);

    /// <summary>The epoch in which training was stopped, counted like <see cref="TrainingContext.Epoch"/>; null if it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (run, before, start, StoppedEpoch) = (context, TimeSpan.Zero, Clock.GetTimestamp(), null);
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        if (!WholeEpochs) StopIfOver(context);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, Logs logs) => StopIfOver(context);

    /// <inheritdoc/>
    public override void SaveState(StateWriter state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Write("elapsed", Elapsed.Ticks);
        state.Write("stoppedEpoch", StoppedEpoch ?? -1);
    }

    /// <inheritdoc/>
    public override void LoadState(StateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (run is null) throw new InvalidOperationException($"{nameof(LoadState)} of {nameof(TimeBudget)} must be called after {nameof(OnTrainBegin)}.");
        TimeSpan elapsed = new(state.ReadInt64("elapsed", 0, long.MaxValue));
        int stopped = state.ReadInt32("stoppedEpoch", -1, run.EpochsDone);
        (before, start, StoppedEpoch) = (elapsed, Clock.GetTimestamp(), null);
        // What ended the run before ends it again, without another step.
        if (stopped < 0 || elapsed < Limit) return;
        StoppedEpoch = stopped;
        run.Interrupt();
    }

    private void StopIfOver(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (StoppedEpoch is not null || Elapsed < Limit) return;
        StoppedEpoch = context.Epoch;
        context.Interrupt();
    }
}
