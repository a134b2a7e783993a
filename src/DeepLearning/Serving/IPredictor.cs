namespace DeepLearning;

/// <summary>
/// Computes predictions, for servers: a <see cref="Predictor"/>, whose model never changes, or a <see cref="ReloadingPredictor"/>, whose model may be
/// replaced by another of the same shapes. All methods are thread-safe.
/// </summary>
public interface IPredictor
{
    /// <summary>The shape of one sample, without the batch.</summary>
    Shape InputShape { get; }

    /// <summary>The shape of one prediction, without the batch.</summary>
    Shape OutputShape { get; }

    /// <summary>The meaning of each output, in order; empty if the model has no names for them.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Whether the outputs are probabilities, like those of a <see cref="Softmax"/> or a <see cref="Sigmoid"/>.</summary>
    bool GivesProbabilities { get; }

    /// <summary>The meaning of the outputs; by default derived from <see cref="OutputActivation"/>.</summary>
    OutputMeaning OutputMeaning => OutputActivation?.OutputMeaning ?? OutputMeaning.Values;

    /// <summary>The last layer if it is an activation, which determines the meaning of the outputs; otherwise, and by default, null.</summary>
    Activation? OutputActivation => null;

    /// <summary>Computes predictions into the caller's memory. Allocates nothing once as many calls have run concurrently.</summary>
    /// <param name="inputs">One or more samples, row-major.</param>
    /// <param name="predictions">Memory for as many predictions, which must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">The inputs are not a whole number of samples, or the predictions have the wrong length or overlap them.</exception>
    void Predict(ReadOnlySpan<float> inputs, Span<float> predictions);

    /// <summary>Computes the predictions of a batch, or of a single sample.</summary>
    /// <param name="inputs">[samples, …input], or […input].</param>
    /// <returns>[samples, …output], or […output].</returns>
    /// <exception cref="ShapeMismatchException">The inputs are neither [samples, …input] nor […input].</exception>
    Tensor Predict(Tensor inputs);

    /// <summary>Computes the predictions of a batch, or of a single sample, on a thread-pool thread.</summary>
    /// <param name="inputs">[samples, …input], or […input]; its values must not change until the task ends.</param>
    /// <param name="cancellationToken">Checked every 256 samples.</param>
    /// <returns>[samples, …output], or […output].</returns>
    /// <exception cref="ShapeMismatchException">The inputs are neither [samples, …input] nor […input].</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the last samples.</exception>
    Task<Tensor> PredictAsync(Tensor inputs, CancellationToken cancellationToken = default);
}
