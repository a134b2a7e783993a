namespace DeepLearning;

/// <summary>
/// Something that predicts, for servers: a <see cref="Predictor"/>, whose model never changes, or a <see cref="ReloadingPredictor"/>, whose model may be
/// replaced by another of the same shapes. Every method may be called from any number of threads at once.
/// </summary>
public interface IPredictor
{
    /// <summary>The shape of one sample, without the batch.</summary>
    Shape InputShape { get; }

    /// <summary>The shape of one prediction, without the batch.</summary>
    Shape OutputShape { get; }

    /// <summary>What the outputs stand for, in order; empty if the model has no names for them.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Whether the outputs are probabilities, as those of a <see cref="Softmax"/> or a <see cref="Sigmoid"/>.</summary>
    bool GivesProbabilities { get; }

    /// <summary>What the outputs are; by default what <see cref="OutputActivation"/> says of them.</summary>
    OutputMeaning OutputMeaning => OutputActivation?.OutputMeaning ?? OutputMeaning.Values;

    /// <summary>The last layer where it is an activation, which says what the outputs are; null by default, and where it is none.</summary>
    Activation? OutputActivation => null;

    /// <summary>Computes predictions into memory of the caller's. Allocates nothing once as many calls have run at the same time.</summary>
    /// <param name="inputs">One or more samples, row-major.</param>
    /// <param name="predictions">As many predictions, in memory that the inputs do not share.</param>
    /// <exception cref="ArgumentException">The inputs are no whole number of samples, or the predictions have not their number or overlap them.</exception>
    void Predict(ReadOnlySpan<float> inputs, Span<float> predictions);

    /// <summary>Computes the predictions of a batch, or of a single sample.</summary>
    /// <param name="inputs">[samples, …input], or […input].</param>
    /// <returns>[samples, …output], or […output].</returns>
    /// <exception cref="ShapeMismatchException">The inputs are neither [samples, …input] nor […input].</exception>
    Tensor Predict(Tensor inputs);

    /// <summary>Computes the predictions of a batch, or of a single sample, on a thread of the pool.</summary>
    /// <param name="inputs">[samples, …input], or […input]; its values must not change until the task ends.</param>
    /// <param name="cancellationToken">Looked at before each 256 samples.</param>
    /// <returns>[samples, …output], or […output].</returns>
    /// <exception cref="ShapeMismatchException">The inputs are neither [samples, …input] nor […input].</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the last samples.</exception>
    Task<Tensor> PredictAsync(Tensor inputs, CancellationToken cancellationToken = default);
}
