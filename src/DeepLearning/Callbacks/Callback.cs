namespace DeepLearning;

/// <summary>
/// Called at fixed points during training; override the methods you need. Keras's hooks. An exception ends training with the weights of the last complete step.
/// </summary>
public abstract class Callback
{
    /// <summary>Before the first epoch.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnTrainBegin(TrainingContext context) { }

    /// <summary>After the last epoch, also when training was stopped.</summary>
    /// <param name="context">The run.</param>
    /// <param name="logs">The figures of the last epoch.</param>
    public virtual void OnTrainEnd(TrainingContext context, Logs logs) { }

    /// <summary>
    /// After training ended with an exception: it was cancelled or diverged, or a callback or the data threw. <see cref="OnTrainEnd"/> is not called then.
    /// Exceptions of this method are ignored, in favour of the first. PyTorch Lightning: <c>on_exception</c>.
    /// </summary>
    /// <param name="context">The run.</param>
    /// <param name="exception">What <c>Fit</c> throws.</param>
    public virtual void OnException(TrainingContext context, Exception exception) { }

    /// <summary>Before an epoch.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnEpochBegin(TrainingContext context) { }

    /// <summary>After an epoch and its validation; with <see cref="Optimizer.UseEma"/> the model has the averaged weights here, as in the validation.</summary>
    /// <param name="context">The run.</param>
    /// <param name="logs">The figures of the epoch, validation included.</param>
    public virtual void OnEpochEnd(TrainingContext context, Logs logs) { }

    /// <summary>Before a training step.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnTrainBatchBegin(TrainingContext context) { }

    /// <summary>After a training step.</summary>
    /// <param name="context">The run.</param>
    /// <param name="logs">The means of this epoch so far; validation figures are those of the last epoch.</param>
    public virtual void OnTrainBatchEnd(TrainingContext context, Logs logs) { }

    /// <summary>Before the validation of an epoch.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnTestBegin(TrainingContext context) { }

    /// <summary>After the validation of an epoch.</summary>
    /// <param name="context">The run.</param>
    /// <param name="logs">The figures of the epoch, validation included.</param>
    public virtual void OnTestEnd(TrainingContext context, Logs logs) { }

    /// <summary>
    /// Writes the state this callback needs to resume as if the run had never been interrupted. Called for each checkpoint, between two steps or after an
    /// epoch, and before <see cref="LoadState"/>, so that it can be undone if another callback cannot restore its state: by <see cref="LoadState"/>, or, if
    /// nothing was written, by calling <see cref="OnTrainBegin"/> again. Writes nothing by default.
    /// </summary>
    /// <param name="state">Stores named numbers, strings and arrays.</param>
    public virtual void SaveState(StateWriter state) { }

    /// <summary>
    /// Restores what <see cref="SaveState"/> wrote. A run that resumes from a checkpoint calls it after <see cref="OnTrainBegin"/>; in the middle of an
    /// epoch <see cref="OnEpochBegin"/> is not called again. A callback that is new in the run, or that wrote nothing, starts as in a new run. Throw if the
    /// state cannot be restored: an <see cref="InvalidOperationException"/> if the callback was configured differently, which ends the run with a
    /// <c>CheckpointMismatchException</c>; any other exception means that the checkpoint is damaged, and the previous one is used.
    /// </summary>
    /// <param name="state">Reads the values by the same names.</param>
    public virtual void LoadState(StateReader state) { }
}
