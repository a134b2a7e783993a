using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <content>Training epoch by epoch, and evaluation of single batches.</content>
public abstract partial class Model
{
    /// <summary>
    /// Trains on another thread, epoch by epoch: <c>await foreach (EpochProgress epoch in model.FitEpochsAsync(data, options))</c>. Training waits while the
    /// loop's body runs, which may evaluate, save and copy the model as a callback may after an epoch, averaged weights included. Leaving the loop ends the
    /// run in good order, as <see cref="TrainingContext.Interrupt"/> does: callbacks see its end, and a further <c>Fit</c>, or with
    /// <see cref="FitOptions.Checkpoint"/> a further run, continues.
    /// </summary>
    /// <param name="data">Inputs [samples, …input] and targets as the loss expects them.</param>
    /// <param name="options">How to train; Keras's defaults if null.</param>
    /// <param name="cancellationToken">Stops training within one batch; the loop then throws a <see cref="TrainingCanceledException"/>.</param>
    /// <returns>The epochs; each enumeration is a run of its own. Exceptions of <c>Fit</c> come out of the loop.</returns>
    /// <exception cref="InvalidOperationException">
    /// The loop's body trained or compiled the model; or another exception of <see cref="Fit(BatchSource, FitOptions?, CancellationToken)"/>.
    /// </exception>
    public IAsyncEnumerable<EpochProgress> FitEpochsAsync(BatchSource data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Epochs(data, options, cancellationToken);
    }

    /// <summary>The loss and the metrics of one batch that the model is not trained on. Keras: <c>test_on_batch</c>.</summary>
    /// <param name="inputs">[batch, …input].</param>
    /// <param name="targets">[batch, …], as the loss expects them.</param>
    /// <param name="sampleWeights">[batch], or null.</param>
    /// <exception cref="ArgumentException">The data cannot be used: a wrong shape, a label out of range, NaN.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or was loaded without a custom regularizer.</exception>
    public Evaluation TestOnBatch(Tensor inputs, Tensor targets, Tensor? sampleWeights = null) => Test(new Dataset(inputs, targets, sampleWeights));

    /// <summary>The loss and the metrics of one batch that the model is not trained on.</summary>
    /// <param name="inputs">[batch, …input].</param>
    /// <param name="labels">One class label per sample.</param>
    /// <param name="sampleWeights">[batch], or null.</param>
    /// <inheritdoc cref="TestOnBatch(Tensor, Tensor, Tensor?)"/>
    public Evaluation TestOnBatch(Tensor inputs, int[] labels, Tensor? sampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Test(new Dataset(inputs, labels, sampleWeights));
    }

    /// <summary>The loss and the metrics of one batch that the model is not trained on.</summary>
    /// <param name="batch">For example from <see cref="Dataset.Batches"/>.</param>
    /// <inheritdoc cref="TestOnBatch(Tensor, Tensor, Tensor?)"/>
    public Evaluation TestOnBatch(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Test(new Dataset(batch.InputTensors, batch.TargetTensors, batch.SampleWeights) { ClassLabels = batch.ClassLabels });
    }

    private Evaluation Test(Dataset batch) => Trainer.Evaluate(batch, batch.Count);

    private async IAsyncEnumerable<EpochProgress> Epochs(
        BatchSource data, FitOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var turns = new EpochTurns();
        // Without the token, which would keep it from starting: the run itself ends the channel.
        var run = Task.Run(() => turns.Run(() => Trainer.Fit(data, options, null, cancellationToken, turns)), CancellationToken.None);
        try
        {
            while (await turns.Epochs.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                turns.Epochs.TryRead(out EpochProgress? epoch);
                yield return epoch!;
                turns.GoOn();
            }
        }
        finally
        {
            turns.End();
            await run.ConfigureAwait(false);
        }
    }
}
