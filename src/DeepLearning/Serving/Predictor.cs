namespace DeepLearning;

/// <summary>
/// A model frozen for serving: an immutable copy of the weights, for any number of threads. Its predictions equal those of the original model bit for bit.
/// Created by <see cref="Model.ToPredictor"/> or <see cref="Load(string, LayerKinds)"/>. Keeps memory for as many calls as have run concurrently.
/// </summary>
/// <example>
/// <code>
/// Predictor predictor = model.ToPredictor();
/// predictor.Predict(sample, probabilities);   // two spans; from any thread
/// </code>
/// </example>
public sealed class Predictor : IPredictor
{
    private readonly Model model;

    /// <summary>A predictor of a model that nothing else references.</summary>
    internal Predictor(Model model) => this.model = model;

    /// <summary>Loads a model that <see cref="Model.Save(string, LayerKinds)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <exception cref="ModelFormatException">The file is cut off, damaged, of a newer version, or something else; the message says what.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It is a folder, or cannot be read.</exception>
    public static Predictor Load(string path, LayerKinds? layers = null) => new(Model.Load(path, layers));

    /// <summary>Reads a model from a stream to its end.</summary>
    /// <param name="stream">At the model's first byte; stays open.</param>
    /// <param name="layers">Needed if the model has custom layers; <see cref="LayerKinds.BuiltIn"/> by default.</param>
    /// <exception cref="ModelFormatException">The content is cut off, damaged, of a newer version, or something else; the message says what.</exception>
    public static Predictor Load(Stream stream, LayerKinds? layers = null) => new(Model.Load(stream, layers));

    /// <summary>The inputs, in the order in which data is passed.</summary>
    public IReadOnlyList<ModelInput> Inputs => model.Inputs;

    /// <summary>The outputs, in the order in which predictions are returned.</summary>
    public IReadOnlyList<ModelOutput> Outputs => model.Outputs;

    /// <inheritdoc/>
    public Shape InputShape => model.InputShape;

    /// <inheritdoc/>
    public Shape OutputShape => model.OutputShape;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => model.ClassNames;

    /// <inheritdoc/>
    public bool GivesProbabilities => OutputMeaning.IsProbability();

    /// <inheritdoc/>
    public OutputMeaning OutputMeaning => model.LastLayer?.OutputMeaning ?? OutputMeaning.Values;

    /// <inheritdoc/>
    public Activation? OutputActivation => model.LastLayer as Activation;

    /// <summary>How rows of a table become inputs, and outputs values of the targets; null if the model has no encoding.</summary>
    public TableEncoding? Encoding => model.Encoding;

    /// <summary>The parameters and the state, for checks; never written.</summary>
    internal IEnumerable<Parameter> Values => model.Values.All;

    /// <summary>Roughly the largest number of calls that have run concurrently.</summary>
    internal int CallsAtOnce => model.Inference.CallsAtOnce;

    /// <summary>The meaning of one of several outputs.</summary>
    internal OutputMeaning MeaningOf(int output) => model.Graph.MakerOf(model.Graph.OutputValues[output])?.Layer.OutputMeaning ?? OutputMeaning.Values;

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> predictions) => model.Predict(inputs, predictions);

    /// <inheritdoc/>
    public Tensor Predict(Tensor inputs) => model.Predict(inputs);

    /// <summary>Computes the predictions of a model with several inputs or outputs. Thread-safe.</summary>
    /// <param name="inputs">A tensor for each input, [samples, …input].</param>
    /// <returns>A tensor for each output, [samples, …output].</returns>
    /// <exception cref="ArgumentException">The number of inputs is wrong.</exception>
    /// <exception cref="ShapeMismatchException">An input has the wrong shape, or the inputs have different numbers of rows.</exception>
    public IReadOnlyList<Tensor> Predict(IReadOnlyList<Tensor> inputs) => model.Predict(inputs);

    /// <inheritdoc/>
    public Task<Tensor> PredictAsync(Tensor inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _ = model.Inference.PredictionShape(inputs.Shape);
        return Task.Run(() => model.Inference.Predict(inputs, cancellationToken), cancellationToken);
    }

    /// <summary>Allocates the memory for this many concurrent calls in advance, by running as many on a sample of zeros, so that even the first calls do not
    /// allocate.</summary>
    /// <param name="calls">How many; for a server, about the number of its processors.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one.</exception>
    public void WarmUp(int calls)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        model.Inference.WarmUp(calls);
    }

    /// <summary>A table of the layers with the output shape and the parameter count of each.</summary>
    public string Summary() => model.Summary();

    /// <summary>The code that builds the model.</summary>
    public override string ToString() => model.ToString();
}
