namespace DeepLearning;

/// <summary>
/// Called at the turns of training: override what is needed. Keras's hooks; an exception ends training with the weights of the last whole step.
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
    /// Writes what this callback must remember to go on as if a run had never been interrupted; called for each checkpoint, between two steps or after an
    /// epoch, and before <see cref="LoadState"/>, to put things back where another callback cannot take up its state: by <see cref="LoadState"/>, or, where
    /// nothing was written, by calling <see cref="OnTrainBegin"/> again. By default nothing.
    /// </summary>
    /// <param name="state">Takes numbers, texts and arrays under names.</param>
    public virtual void SaveState(StateWriter state) { }

    /// <summary>
    /// Takes back what <see cref="SaveState"/> wrote. A run that goes on from a checkpoint calls it after <see cref="OnTrainBegin"/>; in the middle of an
    /// epoch <see cref="OnEpochBegin"/> is not called again. A callback that is new in the run, or that wrote nothing, begins as in a new run.
    /// An exception says that the state cannot be taken up: an <see cref="InvalidOperationException"/>, that it is of a callback that was set up otherwise,
    /// which ends the run as a <c>CheckpointMismatchException</c>; any other, that the checkpoint is damaged, and the one before is taken.
    /// </summary>
    /// <param name="state">Gives it back by the same names.</param>
    public virtual void LoadState(StateReader state) { }
}
