namespace DeepLearning;

/// <content>Predictions.</content>
public abstract partial class Model
{
    private Inference? inference;

    internal Inference Inference => Volatile.Read(ref inference) ?? Interlocked.CompareExchange(ref inference, new Inference(this), null) ?? inference;

    /// <summary>Computes predictions. Safe from any number of threads; while the model trains, it sees the weights of the moment.</summary>
    /// <param name="inputs">[samples, …input], or a single sample […input].</param>
    /// <returns>[samples, …output], or for a single sample […output].</returns>
    /// <exception cref="ShapeMismatchException">The inputs are neither [samples, …input] nor […input].</exception>
    /// <exception cref="InvalidOperationException">The model has several inputs or outputs.</exception>
    public Tensor Predict(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Inference.Predict(inputs);
    }

    /// <summary>Computes the predictions of a model of several inputs or outputs. Safe from any number of threads.</summary>
    /// <param name="inputs">A tensor for each input, [samples, …input].</param>
    /// <returns>A tensor for each output, [samples, …output].</returns>
    /// <exception cref="ArgumentException">Another number of inputs.</exception>
    /// <exception cref="ShapeMismatchException">An input has another shape, or they have different numbers of rows.</exception>
    public IReadOnlyList<Tensor> Predict(IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Inference.Predict(inputs);
    }

    /// <summary>Computes the predictions for the inputs of a <see cref="Dataset"/> or another source, a batch at a time as they are taken.</summary>
    /// <param name="data">The targets are not looked at.</param>
    /// <param name="batchSize">Samples at a time, where the source asks; 256 by default.</param>
    /// <returns>[batch, …output] for each batch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs.</exception>
    /// <exception cref="ShapeMismatchException">When its batch is taken: inputs have another shape.</exception>
    public IEnumerable<Tensor> Predict(BatchSource data, int batchSize = DeepLearning.Inference.ChunkRows)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Inference.Predict(data, batchSize);
    }

    /// <summary>Computes the predictions for the inputs of a sequence of batches, a batch at a time as they are taken.</summary>
    /// <param name="batches">Of any size; the targets are not looked at.</param>
    /// <inheritdoc cref="Predict(BatchSource, int)"/>
    public IEnumerable<Tensor> Predict(IEnumerable<Batch> batches) => Predict(BatchSource.Of(batches));

    /// <summary>Computes predictions into memory of the caller's: no tensor, no allocation. Safe from any number of threads.</summary>
    /// <param name="inputs">One or more samples, row-major.</param>
    /// <param name="predictions">As many predictions, in memory that the inputs do not share.</param>
    /// <exception cref="ArgumentException">The inputs are no whole number of samples, or the predictions have not their number or overlap them.</exception>
    /// <exception cref="InvalidOperationException">The model has several inputs or outputs.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> predictions) => Inference.Predict(inputs, predictions, CancellationToken.None);
}
