namespace DeepLearning;

/// <content>Predictions.</content>
public abstract partial class Model
{
    private Inference? inference;

    internal Inference Inference => Volatile.Read(ref inference) ?? Interlocked.CompareExchange(ref inference, new Inference(this), null) ?? inference;

    /// <summary>Computes predictions. Thread-safe; while the model trains, it uses the current weights.</summary>
    /// <param name="inputs">[samples, …input], or a single sample […input].</param>
    /// <returns>[samples, …output], or for a single sample […output].</returns>
    /// <exception cref="ShapeMismatchException">The inputs are neither [samples, …input] nor […input].</exception>
    /// <exception cref="InvalidOperationException">The model has several inputs or outputs.</exception>
    public Tensor Predict(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Inference.Predict(inputs, CancellationToken.None);
    }

    /// <summary>Computes the predictions of a model with several inputs or outputs. Thread-safe.</summary>
    /// <param name="inputs">A tensor for each input, [samples, …input].</param>
    /// <returns>A tensor for each output, [samples, …output].</returns>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    /// <exception cref="ShapeMismatchException">An input has the wrong shape, or the inputs have different numbers of rows.</exception>
    public IReadOnlyList<Tensor> Predict(IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Inference.Predict(inputs, CancellationToken.None);
    }

    /// <summary>Computes the predictions for the inputs of a <see cref="Dataset"/> or another source, a batch at a time as they are enumerated.</summary>
    /// <param name="data">The targets are ignored.</param>
    /// <param name="batchSize">Samples at a time, if the source uses it; 256 by default.</param>
    /// <returns>[batch, …output] for each batch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs.</exception>
    /// <exception cref="ShapeMismatchException">When a batch is enumerated: its inputs have another shape.</exception>
    public IEnumerable<Tensor> Predict(BatchSource data, int batchSize = DeepLearning.Inference.ChunkRows)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Inference.Predict(data, batchSize);
    }

    /// <summary>Computes the predictions for the inputs of a sequence of batches, a batch at a time as they are enumerated.</summary>
    /// <param name="batches">Of any size; the targets are ignored.</param>
    /// <inheritdoc cref="Predict(BatchSource, int)"/>
    public IEnumerable<Tensor> Predict(IEnumerable<Batch> batches) => Predict(BatchSource.Of(batches));

    /// <summary>Computes predictions into the caller's memory, without tensors or allocations. Thread-safe.</summary>
    /// <param name="inputs">One or more samples, row-major.</param>
    /// <param name="predictions">Memory for as many predictions, which must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">The inputs are not a whole number of samples, or the predictions have the wrong length or overlap them.</exception>
    /// <exception cref="InvalidOperationException">The model has several inputs or outputs.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> predictions) => Inference.Predict(inputs, predictions, CancellationToken.None);
}
