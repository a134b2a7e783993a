namespace DeepLearning;

/// <summary>
/// Lets another thread pause and continue a run: the button beside a progress bar. The training thread waits between two steps without using the processor;
/// cancelling the run ends the wait.
/// </summary>
/// <remarks>While a run waits, any thread may predict and evaluate with the model. Saving it stays the run's own: in a callback.</remarks>
/// <example>
/// <code>
/// var pause = new TrainingPause();
/// Task&lt;History> run = model.FitAsync(data, new FitOptions { Callbacks = [pause] });
/// pause.Pause();
/// pause.Resume();
/// </code>
/// </example>
public sealed class TrainingPause : Callback
{
    private readonly Lock guard = new();

    /// <summary>Completed by <see cref="Resume"/>; null if no pause was asked for.</summary>
    private volatile TaskCompletionSource? until;
    private volatile bool waits;

    /// <summary>Whether a pause was asked for, and not ended yet.</summary>
    public bool IsPaused => until is not null;

    /// <summary>Whether a run is waiting now: the step in which <see cref="Pause"/> was called is complete.</summary>
    public bool IsWaiting => waits;

    /// <summary>Asks the run to wait after its current step, or before its first. No effect if it is paused.</summary>
    public void Pause()
    {
        lock (guard) until ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Lets the run continue. No effect if it is not paused.</summary>
    public void Resume()
    {
        lock (guard)
        {
            until?.SetResult();
            until = null;
        }
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => Wait(context);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingContext context, Logs logs) => Wait(context);

    private void Wait(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Paused anew before this thread woke up, it waits on.
        while (until is { } end && !context.Cancellation.IsCancellationRequested)
        {
            try
            {
                waits = true;
                end.Task.Wait(context.Cancellation);
            }
            catch (OperationCanceledException)
            {
                // The run itself ends before its next step, and saves its state.
            }
            finally
            {
                waits = false;
            }
        }
    }
}
