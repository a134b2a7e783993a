namespace DeepLearning;

/// <summary>Calls functions at the fixed points of training. Keras: <c>callbacks.LambdaCallback</c>.</summary>
/// <remarks>It has no state of its own: for one that a resumed run restores, derive a class from <see cref="Callback"/>.</remarks>
/// <example><c>new LambdaCallback(onEpochEnd: (context, logs) => Console.WriteLine($"{context.Epoch}: {logs}"))</c></example>
/// <param name="onEpochEnd">After an epoch and its validation, with the epoch's figures.</param>
/// <param name="onEpochBegin">Before an epoch.</param>
/// <param name="onTrainBatchEnd">After a training step, with the means of the epoch so far.</param>
/// <param name="onTrainBatchBegin">Before a training step.</param>
/// <param name="onTestEnd">After the validation of an epoch.</param>
/// <param name="onTestBegin">Before the validation of an epoch.</param>
/// <param name="onTrainEnd">After the last epoch.</param>
/// <param name="onTrainBegin">Before the first epoch.</param>
public sealed class LambdaCallback(
    Action<TrainingContext, Logs>? onEpochEnd = null,
    Action<TrainingContext>? onEpochBegin = null,
    Action<TrainingContext, Logs>? onTrainBatchEnd = null,
    Action<TrainingContext>? onTrainBatchBegin = null,
    Action<TrainingContext, Logs>? onTestEnd = null,
    Action<TrainingContext>? onTestBegin = null,
    Action<TrainingContext, Logs>? onTrainEnd = null,
    Action<TrainingContext>? onTrainBegin = null) : Callback
{
    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context) => onTrainBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context, Logs logs) => onTrainEnd?.Invoke(context, logs);

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingContext context) => onEpochBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context, Logs logs) => onEpochEnd?.Invoke(context, logs);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(TrainingContext context) => onTrainBatchBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(TrainingContext context, Logs logs) => onTrainBatchEnd?.Invoke(context, logs);

    /// <inheritdoc/>
    public override void OnTestBegin(TrainingContext context) => onTestBegin?.Invoke(context);

    /// <inheritdoc/>
    public override void OnTestEnd(TrainingContext context, Logs logs) => onTestEnd?.Invoke(context, logs);
}
