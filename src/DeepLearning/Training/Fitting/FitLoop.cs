using System.Diagnostics;

namespace DeepLearning;

/// <summary>The loop behind <c>Fit</c>: epochs, batches, validation, callbacks. Checkpoints and divergence are handled elsewhere.</summary>
internal sealed class FitLoop(FitRun run, TrainingStep step, EpochTurns? turns, CancellationToken cancellation)
{
    private readonly RunCheckpoints checkpoints = new(run);
    private readonly DivergenceRecovery recovery = new(run);
    private readonly ShownAverage average = new(run.Model.Values, run.Optimizer);

    /// <summary>Owned by the run, not by the model: a trained model that only predicts does not need the activations of validation.</summary>
    private readonly InferenceWorkspace validating = new(run.Model.Graph);

    /// <summary>Whether the epoch was cut short for now: a run that resumes completes it, so that no checkpoint may take it for whole.</summary>
    private bool leftEpoch;

    /// <summary>Trains, starting from the newest checkpoint if there is one.</summary>
    public History Run(IProgress<EpochProgress>? progress)
    {
        run.Context.Cancellation = cancellation;
        using Activity? span = TrainingTrace.Fit(run);
        try
        {
            using IDisposable? held = checkpoints.Hold();
            return RunEpochs(progress);
        }
        catch (Exception failure) when (TrainingTrace.Fails(span, failure))
        {
            throw;
        }
        finally
        {
            step.ReleaseBuffers();
        }
    }

    private History RunEpochs(IProgress<EpochProgress>? progress)
    {
        Begin();
        try
        {
            TrainEpochs(progress);
            foreach (Callback callback in run.Callbacks) callback.OnTrainEnd(run.Context, run.Logs);
            return run.History;
        }
        catch (Exception failure)
        {
            TellCallbacks(failure);
            throw;
        }
    }

    private void TrainEpochs(IProgress<EpochProgress>? progress)
    {
        try
        {
            while (run.Epoch < run.Options.Epochs && (run.WithinEpoch || !run.Context.Stopping)) RunEpoch(progress);
            run.Optimizer.ApplyAverage();
        }
        finally
        {
            run.Optimizer.Restart();
        }
    }

    private void TellCallbacks(Exception failure)
    {
        foreach (Callback callback in run.Callbacks)
        {
            try
            {
                callback.OnException(run.Context, failure);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The first failure is the one to report.
            }
        }
    }

    /// <summary>Notifies the callbacks that the run begins, and restores the newest valid checkpoint, if any.</summary>
    private void Begin()
    {
        using IEnumerator<SavedRun> saved = checkpoints.SavedRuns().GetEnumerator();
        bool found = saved.MoveNext();
        run.Optimizer.BeginRun();
        foreach (Callback callback in run.Callbacks) callback.OnTrainBegin(run.Context);
        run.Optimizer.Restart();
        while (found && !checkpoints.TryTakeUp(saved.Current)) found = saved.MoveNext();
    }

    private void RunEpoch(IProgress<EpochProgress>? progress)
    {
        using (Activity? span = TrainingTrace.Epoch(run))
        {
            RunWithin();
            TrainingTrace.Add(span, run.Logs);
        }

        if (progress is null && turns is null) return;
        var epoch = new EpochProgress(run.Context.Epoch, run.Options.Epochs, run.Logs.ToDictionary());
        progress?.Report(epoch);
        if (turns is not null) HandOver(epoch, turns);
    }

    private void RunWithin()
    {
        if (!run.WithinEpoch)
        {
            run.BeginEpoch();
            foreach (Callback callback in run.Callbacks) callback.OnEpochBegin(run.Context);
        }

        Train();
        Judge();
        run.EndEpoch();
        if (!leftEpoch) checkpoints.AfterEpoch();
        TrainingMeter.EndEpoch(run);
    }

    /// <summary>Whoever enumerates the epochs sees the model as callbacks after an epoch do, and may do with it what they may.</summary>
    private void HandOver(EpochProgress epoch, EpochTurns turns)
    {
        ulong steps = run.Model.StepsTrained;
        average.Show();
        try
        {
            if (!run.Model.Exclusive.Lend(() => turns.Pass(epoch))) run.Context.Interrupt();
        }
        finally
        {
            average.Hide();
        }

        if (run.Model.StepsTrained != steps || !run.Model.Trainer.Has(run.Compilation))
            throw new InvalidOperationException("The model was trained or compiled while its epochs were enumerated: leave the loop before.");
    }

    private void Train()
    {
        TrainingContext context = run.Context;
        // A checkpoint may have been saved right after a callback ended the epoch.
        bool stopped = context.Stopping && context.Batch > 0;
        leftEpoch = stopped && context.Stopped == RunStop.ForNow;
        (long before, long beginning) = (run.Means.Samples, Stopwatch.GetTimestamp());
        using IEnumerator<Batch> batches = (stopped ? [] : run.RemainingBatches(cancellation)).GetEnumerator();
        while (HasNext(batches))
        {
            Batch batch = batches.Current;
            if (cancellation.IsCancellationRequested) throw Canceled();
            recovery.Current = batch;
            foreach (Callback callback in run.Callbacks) callback.OnTrainBatchBegin(context);
            long begin = TrainingMeter.BeginStep();
            if (!step.Run(batch, run.Means, out float loss)) throw recovery.From(context.Batch, step.PlaceOfFailure(batch), loss);
            context.Samples = run.Means.Samples;
            run.Means.CopyRunningTo(run.Logs.Values);
            TrainingMeter.EndStep(run, batch.Count, begin);
            foreach (Callback callback in run.Callbacks) callback.OnTrainBatchEnd(context, run.Logs);
            context.Batch++;
            run.Steps++;
            if (checkpoints.AreDue)
            {
                RequireFiniteValues();
                checkpoints.Save(isBest: false);
            }

            if (!context.Stopping) continue;
            if (context.Stopped == RunStop.ForNow) LeaveEpoch();
            break;
        }

        TrainingMeter.EndSteps(run.Means.Samples - before, beginning);
        if (run.Means.Samples == 0) throw new ArgumentException($"Epoch {run.Epoch + 1} had no batches.", "batches");
        run.Means.CopyTo(run.Logs.Values);
        run.Optimizer.ApplyAccumulated();
        RequireFiniteValues();
    }

    private void LeaveEpoch()
    {
        leftEpoch = true;
        RequireFiniteValues();
        checkpoints.SaveWhatIsNew();
    }

    /// <summary>Whether there is another batch. A waiting source may stop waiting when the run is cancelled.</summary>
    private bool HasNext(IEnumerator<Batch> batches)
    {
        try
        {
            return batches.MoveNext();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw Canceled();
        }
    }

    /// <summary>
    /// A step may overflow the weights although its loss and gradients were finite: no checkpoint may hold such weights, and after the last step nothing else
    /// would notice.
    /// </summary>
    private void RequireFiniteValues()
    {
        if (TrainingStep.OverflowedValue(run.Model) is { } place) throw recovery.From(run.Context.Batch - 1, place, run.Logs.Values[0]);
    }

    /// <summary>Validation and the callbacks after an epoch see the averaged weights, if the optimizer keeps an average.</summary>
    private void Judge()
    {
        average.Show();
        try
        {
            if (run.Validation is not null) Validate();
            run.History.Append(run.Logs);
            foreach (Callback callback in run.Callbacks) callback.OnEpochEnd(run.Context, run.Logs);
        }
        finally
        {
            average.Hide();
        }
    }

    private void Validate()
    {
        foreach (Callback callback in run.Callbacks) callback.OnTestBegin(run.Context);
        using Activity? span = TrainingTrace.Validate();
        try
        {
            Span<float> figures = run.Logs.Values[run.Compilation.Names.Count..];
            run.Compilation.Measure(run.Model, run.ValidationBatches(cancellation), run.Options.BatchSize, figures, validating, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            average.Hide();
            throw Canceled();
        }

        span?.Dispose();
        foreach (Callback callback in run.Callbacks) callback.OnTestEnd(run.Context, run.Logs);
    }

    private TrainingCanceledException Canceled()
    {
        if (TrainingStep.OverflowedValue(run.Model) is null) checkpoints.SaveWhatIsNew();
        return new TrainingCanceledException(run.History, run.Context.Epoch, cancellation);
    }
}
