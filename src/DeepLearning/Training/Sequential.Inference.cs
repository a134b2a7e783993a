namespace DeepLearning;

public sealed partial class Sequential
{
    private const int ChunkRows = 256;

    private readonly InferencePool workspaces = new();

    /// <summary>Computes predictions. Safe from any number of threads; while the model trains, it sees the weights of the moment.</summary>
    /// <param name="inputs">[samples, …input], or a single sample […input].</param>
    /// <returns>[samples, …output], or for a single sample […output].</returns>
    /// <exception cref="ShapeMismatchException">The inputs are neither [samples, …input] nor […input].</exception>
    public Tensor Predict(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Tensor predictions = Tensor.Zeros(PredictionShape(inputs.Shape));
        Predict(inputs.AsReadOnlySpan(), predictions.AsSpan());
        return predictions;
    }

    /// <summary>
    /// What is predicted for inputs of this shape. A batch has one dimension more than a sample, whatever the model, so that neither is taken for the other.
    /// </summary>
    internal Shape PredictionShape(Shape inputs)
    {
        if (inputs == InputShape) return OutputShape;
        RequireInput(inputs);
        return OutputShape.Prepend(inputs[0]);
    }

    /// <summary>Computes predictions into memory of the caller's: no tensor, no allocation. Safe from any number of threads.</summary>
    /// <param name="inputs">One or more samples, row-major.</param>
    /// <param name="predictions">As many predictions, in memory that the inputs do not share.</param>
    /// <exception cref="ArgumentException">The inputs are no whole number of samples, or the predictions have not their number or overlap them.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> predictions) => Predict(inputs, predictions, CancellationToken.None);

    /// <summary>Makes room for this many calls at once by running as many on a sample of zeros, and returns the prediction for it.</summary>
    internal float[] WarmUp(int calls)
    {
        float[] inputs = new float[InputShape.Size], predictions = new float[OutputShape.Size];
        var rented = new InferenceWorkspace[calls];
        for (int i = 0; i < calls; i++) rented[i] = workspaces.Rent();
        try
        {
            foreach (InferenceWorkspace workspace in rented) PredictChunk(workspace, inputs, predictions, 1);
        }
        catch
        {
            workspaces.Drop(calls);
            throw;
        }

        foreach (InferenceWorkspace workspace in rented) workspaces.Return(workspace);
        return predictions;
    }

    /// <summary>The most predictions that have run at once, about.</summary>
    internal int CallsAtOnce => workspaces.Made;

    /// <summary>Computes predictions; cancellation is looked at before each 256 samples, and the predictions made until then stand.</summary>
    internal void Predict(ReadOnlySpan<float> inputs, Span<float> predictions, CancellationToken cancellation)
    {
        int inputSize = InputShape.Size, outputSize = OutputShape.Size, rows = inputs.Length / inputSize;
        if (inputs.Length != rows * inputSize)
            throw new ArgumentException($"{slots[0]} expects samples of {inputSize} values, got {inputs.Length} values.", nameof(inputs));
        long wanted = (long)rows * outputSize;
        if (predictions.Length != wanted)
            throw new ArgumentException($"{rows} predictions have {wanted} values, got room for {predictions.Length}.", nameof(predictions));
        // The first chunk's predictions would be the inputs of a later one.
        if (predictions.Overlaps(inputs))
            throw new ArgumentException("The predictions overlap the inputs; give them memory of their own.", nameof(predictions));
        InferenceWorkspace workspace = workspaces.Rent();
        try
        {
            for (int row = 0; row < rows && !cancellation.IsCancellationRequested; row += ChunkRows)
            {
                int count = Math.Min(ChunkRows, rows - row);
                PredictChunk(workspace, inputs.Slice(row * inputSize, count * inputSize), predictions.Slice(row * outputSize, count * outputSize), count);
            }
        }
        catch
        {
            workspaces.Drop(1);
            throw;
        }

        workspaces.Return(workspace);
        cancellation.ThrowIfCancellationRequested();
    }

    private void PredictChunk(InferenceWorkspace workspace, ReadOnlySpan<float> inputs, Span<float> predictions, int count)
    {
        Tape tape = workspace.For(count, ChunkRows);
        Forward(Stage(tape, inputs, count), tape, training: false, 0, slots.Length).AsReadOnlySpan().CopyTo(predictions);
    }

    /// <summary>The loss and the metrics on data that the model is not trained on.</summary>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="batchSize">Samples at a time; 256 by default. It changes the result by rounding alone.</param>
    /// <returns>Means over the samples.</returns>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public Evaluation Evaluate(Dataset data, int batchSize = ChunkRows)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Compilation ready = Compiled();
        ready.Validate(this, data, allowNonFinite: false);
        var logs = new Logs(ready.Names);
        // Batches larger than any of Predict would leave their activations with the model for good.
        bool pooled = batchSize <= ChunkRows;
        InferenceWorkspace workspace = pooled ? workspaces.Rent() : new InferenceWorkspace();
        try
        {
            Measure(ready, data, batchSize, logs.Values, workspace, CancellationToken.None);
        }
        catch
        {
            if (pooled) workspaces.Drop(1);
            throw;
        }

        if (pooled) workspaces.Return(workspace);
        return new Evaluation(logs);
    }

    /// <summary>The loss and the metrics on inputs and targets that the model is not trained on: tensors, or arrays of numbers.</summary>
    /// <param name="inputs">[samples, …input].</param>
    /// <param name="targets">[samples, …], as the loss expects them.</param>
    /// <param name="batchSize">Samples at a time; 256 by default.</param>
    /// <inheritdoc cref="Evaluate(Dataset, int)"/>
    public Evaluation Evaluate(Tensor inputs, Tensor targets, int batchSize = ChunkRows) => Evaluate(new Dataset(inputs, targets), batchSize);

    /// <summary>The loss and the metrics on inputs with a class label each.</summary>
    /// <param name="inputs">[samples, …input]: a tensor, or an array of numbers.</param>
    /// <param name="labels">A class label a sample.</param>
    /// <param name="batchSize">Samples at a time; 256 by default.</param>
    /// <inheritdoc cref="Evaluate(Dataset, int)"/>
    public Evaluation Evaluate(Tensor inputs, int[] labels, int batchSize = ChunkRows) => Evaluate(new Dataset(inputs, labels), batchSize);

    /// <summary>Writes the loss and the metrics on some data, in the order of the compilation's names.</summary>
    internal void Measure(
        Compilation ready, Dataset data, int batchSize, Span<float> figures, InferenceWorkspace workspace, CancellationToken cancellation)
    {
        var means = new RunningFigures(ready);
        int layers = slots.Length - (ready.LastActivation is null ? 0 : 1);
        foreach (Batch batch in data.RecycledBatches(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            Tape tape = workspace.For(batch.Count, batchSize);
            Tensor output = Forward(tape.Constant(batch.Inputs), tape, training: false, 0, layers);
            Tensor targets = Loss.Align(tape.Constant(batch.Targets), output);
            Tensor? weights = batch.SampleWeights is null ? null : tape.Constant(batch.SampleWeights);
            float loss = ready.StepLoss.Compute(output, targets, weights).ToScalar();
            means.Add(loss, output, ready.LastActivation?.Apply(output) ?? output, targets, weights);
        }

        means.CopyTo(figures);
    }

    private Tensor Stage(Tape workspace, ReadOnlySpan<float> values, int rows)
    {
        Span<int> dims = stackalloc int[InputShape.Rank + 1];
        dims[0] = rows;
        InputShape.Dimensions.CopyTo(dims[1..]);
        Tensor x = Tensor.Allocate(workspace, dims);
        values.CopyTo(x.AsSpan());
        return x;
    }
}
