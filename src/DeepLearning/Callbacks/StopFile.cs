namespace DeepLearning;

/// <summary>
/// Ends training normally when a file appears, created from outside, as by <c>touch stop</c>: after the step, or after its epoch. The file is not deleted.
/// </summary>
/// <remarks>
/// <c>Fit</c> returns as after any stop; with <see cref="FitOptions.Checkpoint"/> the same program goes on where it stopped, in the middle of an epoch too,
/// once the file is gone.
/// </remarks>
/// <example><c>new StopFile("stop")</c></example>
public sealed class StopFile : Callback
{
    /// <summary>Asking the disk after each step would cost more than many a step.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private long lastLook;

    /// <summary>Stops when a file appears.</summary>
    /// <param name="path">The file, or a folder.</param>
    /// <param name="wholeEpochs">Whether the epoch is completed first; false by default: it is cut short, and validated.</param>
    public StopFile(string path, bool wholeEpochs = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (Path, WholeEpochs) = (System.IO.Path.GetFullPath(path), wholeEpochs);
    }

    /// <summary>The file, with its full path.</summary>
    public string Path { get; }

    /// <summary>Whether the epoch is completed first; false by default.</summary>
    public bool WholeEpochs { get; init; }

    /// <summary>The clock, by which steps look for the file every half second; the system's by default. Each epoch's end looks too.</summary>
    public TimeProvider Clock { get; init => field = value ?? throw new ArgumentNullException(nameof(Clock)); } = TimeProvider.System;

    /// <summary>The epoch in which training was stopped, counted like <see cref="TrainingContext.Epoch"/>; null if it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The file is there already.</exception>
    public override void OnTrainBegin(TrainingContext context)
    {
        if (System.IO.Path.Exists(Path))
            throw new InvalidOperationException($"{nameof(StopFile)} would stop this run at once: {Path} is there already. Delete it to train.");
        (StoppedEpoch, lastLook) = (null, Clock.GetTimestamp());
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingContext context, Logs logs)
    {
        if (WholeEpochs || Clock.GetElapsedTime(lastLook) < Pause) return;
        lastLook = Clock.GetTimestamp();
        Look(context);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, Logs logs) => Look(context);

    private void Look(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (StoppedEpoch is not null || !System.IO.Path.Exists(Path)) return;
        StoppedEpoch = context.Epoch;
        context.Interrupt();
    }
}
