using System.Runtime.CompilerServices;

namespace DeepLearning;

/// <content>Training and evaluation.</content>
public abstract partial class Model
{
    internal Trainer Trainer => field ??= new Trainer(this);

    /// <summary>
    /// The metrics of the last <c>Compile</c>, in order, each in the form it takes in this model: for example <c>BinaryAccuracy(0.5) of logits</c> for
    /// <see cref="Accuracy"/>, which keeps its name in a history. Empty before.
    /// </summary>
    public IReadOnlyList<Metric> Metrics => Trainer.Metrics;

    /// <summary>Configures the model for training. A last Softmax or Sigmoid is computed together with its cross-entropy, from the logits.</summary>
    /// <param name="optimizer">Updates the parameters; it must not be shared with another model.</param>
    /// <param name="loss">The loss to minimize.</param>
    /// <param name="metrics">Figures to follow.</param>
    /// <returns>The model itself.</returns>
    /// <exception cref="ArgumentException">
    /// The loss does not fit the last layer, a metric has no meaning with them, two metrics have the same name, or the optimizer clips in several ways or
    /// excludes an unknown parameter from weight decay. The model stays compiled as before.
    /// </exception>
    public virtual Model Compile(Optimizer optimizer, Loss loss, params IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(metrics);
        Trainer.Compile(optimizer, [new OutputLoss(loss, metrics)]);
        return this;
    }

    /// <summary>Configures a model with several outputs for training.</summary>
    /// <param name="optimizer">Updates the parameters; it must not be shared with another model.</param>
    /// <param name="outputs">A loss for each output, in the order of <see cref="Outputs"/>, with its weight and metrics.</param>
    /// <returns>The model itself.</returns>
    /// <exception cref="ArgumentException">
    /// There is not one loss for each output; or a loss, a metric or the optimizer does not fit, as for
    /// <see cref="Compile(Optimizer, Loss, IReadOnlyList{Metric})"/>. The model stays compiled as before.
    /// </exception>
    public Model Compile(Optimizer optimizer, IReadOnlyList<OutputLoss> outputs)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(outputs);
        foreach (OutputLoss output in outputs) ArgumentNullException.ThrowIfNull(output, nameof(outputs));
        Trainer.Compile(optimizer, outputs);
        return this;
    }

    /// <summary>Trains on a <see cref="Dataset"/> or another source of batches.</summary>
    /// <param name="data">Inputs [samples, …input] and targets as the loss expects them.</param>
    /// <param name="options">How to train; Keras's defaults if null. Batch size and shuffling apply to sources that form batches on request, such as a data
    /// set; a validation split applies only to a data set.</param>
    /// <param name="cancellationToken">Stops training within one batch; the weights are those of the last complete step, and a further <c>Fit</c>
    /// continues from them. With <see cref="FitOptions.Checkpoint"/> that state is saved.</param>
    /// <returns>Every figure by epoch.</returns>
    /// <exception cref="ArgumentException">
    /// The data cannot be used: a wrong shape, a label out of range, NaN. Data in memory is checked before anything is changed; the batches of other sources
    /// are checked as they arrive, and the weights are those of the last complete step.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The model is not compiled, is being trained by another thread, has parameters and a loss without a gradient, or was loaded without a custom regularizer
    /// or constraint. Or a source gives a different number of batches than declared, or, when a run resumes in the middle of an epoch, other batches than before.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss or a gradient became NaN or infinite, or a gradient too large for the optimizer.</exception>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">
    /// With <see cref="FitOptions.Checkpoint"/>: another run uses the folder, or a checkpoint cannot be written, for example on a full disk. Existing
    /// checkpoints are kept, and the weights are those of the last complete step.
    /// </exception>
    /// <exception cref="CheckpointMismatchException">The checkpoint is of another run; nothing was loaded.</exception>
    public History Fit(BatchSource data, FitOptions? options = null, CancellationToken cancellationToken = default)
        => Trainer.Fit(data, options, null, cancellationToken);

    /// <summary>Trains on inputs and targets in memory: tensors, or arrays of numbers such as <c>float[][]</c> and <c>double[,]</c>, which are
    /// copied.</summary>
    /// <param name="inputs">[samples, …input].</param>
    /// <param name="targets">[samples, …], as the loss expects them.</param>
    /// <param name="options">How to train; Keras's defaults if null.</param>
    /// <param name="cancellationToken">Stops training within one batch; the weights are those of the last complete step.</param>
    /// <returns>Every figure by epoch.</returns>
    /// <exception cref="ArgumentException">The data cannot be used: a wrong shape, a label out of range, NaN. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model is not compiled, is being trained by another thread, has parameters and a loss without a gradient, or was loaded without a custom regularizer
    /// or constraint.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss or a gradient became NaN or infinite.</exception>
    public History Fit(Tensor inputs, Tensor targets, FitOptions? options = null, CancellationToken cancellationToken = default)
        => Trainer.Fit(new Dataset(inputs, targets), options, null, cancellationToken);

    /// <summary>Trains on inputs with one class label each.</summary>
    /// <param name="inputs">[samples, …input]: a tensor, or an array of numbers, which is copied.</param>
    /// <param name="labels">One class label per sample.</param>
    /// <param name="options">How to train; Keras's defaults if null.</param>
    /// <param name="cancellationToken">Stops training within one batch; the weights are those of the last complete step.</param>
    /// <inheritdoc cref="Fit(Tensor, Tensor, FitOptions?, CancellationToken)"/>
    public History Fit(Tensor inputs, int[] labels, FitOptions? options = null, CancellationToken cancellationToken = default)
        => Trainer.Fit(new Dataset(inputs, labels), options, null, cancellationToken);

    /// <summary>Trains on a stream of batches; each epoch enumerates it from its beginning, in its own order.</summary>
    /// <param name="batches">Gives the batches again each time it is enumerated. A run that resumes from a checkpoint in the middle of an epoch skips those it
    /// has already seen, so they must come in the same order.</param>
    /// <param name="options">How to train; batch size, shuffling and validation split do not apply.</param>
    /// <param name="cancellationToken">Stops training within one batch, as for data in memory, and disposes the stream's enumerator.</param>
    /// <returns>Every figure by epoch.</returns>
    /// <exception cref="ArgumentException">
    /// A batch cannot be used or is null, the stream is empty, or all sample weights of an epoch are 0. The weights are those of the last complete step.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The model is not compiled, is being trained by another thread, has parameters and a loss without a gradient, or was loaded without a custom regularizer
    /// or constraint. Or a run resumes in the middle of an epoch, but the stream does not begin with as many batches and samples as before: the model then has
    /// the weights of the checkpoint.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss or a gradient became NaN or infinite, or a gradient too large for the optimizer.</exception>
    /// <exception cref="TrainingCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">
    /// With <see cref="FitOptions.Checkpoint"/>: another run uses the folder, or a checkpoint cannot be written, for example on a full disk. Existing
    /// checkpoints are kept, and the weights are those of the last complete step.
    /// </exception>
    /// <exception cref="CheckpointMismatchException">The checkpoint is of another run; nothing was loaded.</exception>
    public History Fit(IEnumerable<Batch> batches, FitOptions? options = null, CancellationToken cancellationToken = default)
        => Trainer.Fit(BatchSource.Of(batches), options, null, cancellationToken);

    /// <summary>Trains on another thread.</summary>
    /// <param name="data">Inputs [samples, …input] and targets as the loss expects them.</param>
    /// <param name="options">How to train; Keras's defaults if null.</param>
    /// <param name="progress">Reported to after each epoch.</param>
    /// <param name="cancellationToken">Stops training within one batch; the weights are those of the last complete step, and a further <c>Fit</c>
    /// continues from them. With <see cref="FitOptions.Checkpoint"/> that state is saved. The task is then cancelled, with a <see cref="TrainingCanceledException"/>
    /// if training had begun.</param>
    /// <returns>Every figure by epoch.</returns>
    public Task<History> FitAsync(
        BatchSource data, FitOptions? options = null, IProgress<EpochProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Task.Run(() => Trainer.Fit(data, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Trains on a stream of batches on another thread, which also enumerates the stream.</summary>
    /// <param name="batches">Gives the batches again each time it is enumerated, in the same order if a run resumes from a checkpoint.</param>
    /// <param name="options">How to train; batch size, shuffling and validation split do not apply.</param>
    /// <param name="progress">Reported to after each epoch.</param>
    /// <param name="cancellationToken">Stops training within one batch, as for data in memory, and disposes the stream's enumerator.</param>
    /// <returns>Every figure by epoch.</returns>
    public Task<History> FitAsync(
        IEnumerable<Batch> batches, FitOptions? options = null, IProgress<EpochProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var data = BatchSource.Of(batches);
        return Task.Run(() => Trainer.Fit(data, options, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Makes one training step.</summary>
    /// <param name="inputs">[batch, …input].</param>
    /// <param name="targets">[batch, …], as the loss expects them.</param>
    /// <param name="sampleWeights">[batch], or null.</param>
    /// <returns>The loss and the metrics of the batch, before the step.</returns>
    /// <exception cref="InvalidOperationException">
    /// The model is not compiled, is being trained by another thread, has parameters and a loss without a gradient, or was loaded without a custom regularizer
    /// or constraint.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is not finite, or a gradient too large for the optimizer: no step.</exception>
    public Evaluation TrainOnBatch(Tensor inputs, Tensor targets, Tensor? sampleWeights = null)
        => Trainer.TrainOnBatch(new Dataset(inputs, targets, sampleWeights));

    /// <summary>Makes one training step.</summary>
    /// <param name="inputs">[batch, …input].</param>
    /// <param name="labels">One class label per sample.</param>
    /// <param name="sampleWeights">[batch], or null.</param>
    /// <inheritdoc cref="TrainOnBatch(Tensor, Tensor, Tensor?)"/>
    public Evaluation TrainOnBatch(Tensor inputs, int[] labels, Tensor? sampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Trainer.TrainOnBatch(new Dataset(inputs, labels, sampleWeights));
    }

    /// <summary>Makes one training step.</summary>
    /// <param name="batch">For example from <see cref="Dataset.Batches"/>.</param>
    /// <inheritdoc cref="TrainOnBatch(Tensor, Tensor, Tensor?)"/>
    public Evaluation TrainOnBatch(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Trainer.TrainOnBatch(new Dataset(batch.InputTensors, batch.TargetTensors, batch.SampleWeights) { ClassLabels = batch.ClassLabels });
    }

    /// <summary>The loss and the metrics on a <see cref="Dataset"/> or another source that the model is not trained on.</summary>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="batchSize">Samples at a time, if the source uses it; 256 by default. It affects the result only by rounding.</param>
    /// <returns>Means over the samples.</returns>
    /// <exception cref="ArgumentException">The data cannot be used, or a source gives no batches.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or was loaded without a custom regularizer.</exception>
    public Evaluation Evaluate(BatchSource data, int batchSize = DeepLearning.Inference.ChunkRows)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Trainer.Evaluate(data, batchSize);
    }

    /// <summary>The loss and the metrics on a sequence of batches, which is enumerated once.</summary>
    /// <param name="batches">One or more, of any size.</param>
    /// <inheritdoc cref="Evaluate(BatchSource, int)"/>
    [OverloadResolutionPriority(-1)]
    public Evaluation Evaluate(IEnumerable<Batch> batches) => Evaluate(BatchSource.Of(batches));

    /// <summary>The loss and the metrics on inputs and targets that the model is not trained on: tensors, or arrays of numbers.</summary>
    /// <param name="inputs">[samples, …input].</param>
    /// <param name="targets">[samples, …], as the loss expects them.</param>
    /// <param name="batchSize">Samples at a time; 256 by default.</param>
    /// <inheritdoc cref="Evaluate(BatchSource, int)"/>
    public Evaluation Evaluate(Tensor inputs, Tensor targets, int batchSize = DeepLearning.Inference.ChunkRows) => Evaluate(new Dataset(inputs, targets), batchSize);

    /// <summary>The loss and the metrics on inputs with one class label each.</summary>
    /// <param name="inputs">[samples, …input]: a tensor, or an array of numbers.</param>
    /// <param name="labels">One class label per sample.</param>
    /// <param name="batchSize">Samples at a time; 256 by default.</param>
    /// <inheritdoc cref="Evaluate(BatchSource, int)"/>
    public Evaluation Evaluate(Tensor inputs, int[] labels, int batchSize = DeepLearning.Inference.ChunkRows) => Evaluate(new Dataset(inputs, labels), batchSize);
}
