namespace DeepLearning;

/// <summary>Computes predictions, one chunk of samples at a time. Thread-safe.</summary>
internal sealed class Inference(Model model)
{
    /// <summary>Samples per chunk.</summary>
    public const int ChunkRows = 256;

    private readonly InferencePool workspaces = new(model.Graph);

    /// <summary>Roughly the largest number of predictions that have run concurrently.</summary>
    public int CallsAtOnce => workspaces.Made;

    /// <summary>The number of samples in inputs of this shape. A batch has one more dimension than a sample, so neither is mistaken for the other.</summary>
    public Shape PredictionShape(Shape inputs)
    {
        if (inputs == model.InputShape) return model.OutputShape;
        model.RequireInput(inputs);
        return model.OutputShape.Prepend(inputs[0]);
    }

    /// <summary>Predictions for a batch, or for one sample. Cancellation is checked before each chunk.</summary>
    public Tensor Predict(Tensor inputs, CancellationToken cancellation)
    {
        Shape shape = PredictionShape(inputs.Shape);
        if (inputs.IsInteger || model.Graph.Inputs[0].IsInteger || model.Graph.IsInteger(model.Graph.OutputValues[0]))
            return Predict([inputs.Shape == model.InputShape ? inputs.Reshape(inputs.Shape.Prepend(1)) : inputs], cancellation)[0].Reshape(shape);
        Tensor predictions = Tensor.Zeros(shape);
        Predict(inputs.AsReadOnlySpan(), predictions.AsSpan(), cancellation);
        return predictions;
    }

    /// <summary>Predictions of a model with one input and one output. Cancellation is checked before each chunk; predictions made before are kept.</summary>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> predictions, CancellationToken cancellation)
    {
        if (model.Graph.Inputs[0].IsInteger)
            throw new ArgumentException($"The input {model.Graph.Inputs[0].Name} takes indices, got float32 values: make them with Tensor.FromIndices(…).", nameof(inputs));
        int inputSize = model.InputShape.Size, outputSize = model.OutputShape.Size, rows = inputs.Length / inputSize;
        if (inputs.Length != rows * inputSize)
            throw new ArgumentException($"{model.Slots[0]} expects samples of {inputSize} values, got {inputs.Length} values.", nameof(inputs));
        long wanted = (long)rows * outputSize;
        if (predictions.Length != wanted)
            throw new ArgumentException($"{rows} predictions have {wanted} values, got room for {predictions.Length}.", nameof(predictions));
        // The first chunk's predictions would be the inputs of a later one.
        if (predictions.Overlaps(inputs))
            throw new ArgumentException("The predictions overlap the inputs; give them separate memory.", nameof(predictions));
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

    /// <summary>Predictions of a model with several inputs or outputs: a tensor for each output.</summary>
    public Tensor[] Predict(IReadOnlyList<Tensor> inputs, CancellationToken cancellation)
    {
        model.RequireInputCount(inputs.Count);
        var whole = new ForwardPass(model.Graph);
        for (int i = 0; i < inputs.Count; i++) whole[i] = inputs[i];
        model.RequireInputs(whole);
        int rows = inputs[0].Shape[0];
        Tensor[] predictions = Array.ConvertAll(model.Graph.Outputs, o => Tensor.Zeros(o.Shape.Prepend(rows)));
        InferenceWorkspace workspace = workspaces.Rent();
        try
        {
            for (int row = 0; row < rows && !cancellation.IsCancellationRequested; row += ChunkRows)
            {
                int count = Math.Min(ChunkRows, rows - row);
                Tape tape = workspace.For(count, ChunkRows);
                for (int i = 0; i < inputs.Count; i++) workspace.Pass[i] = Stage(tape, inputs[i].RowsView(row, count).Bits, inputs[i].Shape, count, inputs[i].IsInteger);
                Run(workspace, tape);
                for (int o = 0; o < predictions.Length; o++)
                {
                    Tensor made = workspace.Pass[model.Graph.OutputValues[o]];
                    predictions[o].IsInteger = made.IsInteger;
                    made.Bits.CopyTo(predictions[o].RowsView(row, count).Bits);
                }
            }
        }
        catch
        {
            workspaces.Drop(1);
            throw;
        }

        workspaces.Return(workspace);
        cancellation.ThrowIfCancellationRequested();
        return predictions;
    }

    /// <summary>Predictions of a model with one output, for each batch of a source.</summary>
    public IEnumerable<Tensor> Predict(BatchSource data, int batchSize)
    {
        if (model.Graph.Outputs is not [_])
        {
            throw new InvalidOperationException(
                $"The model has {model.Graph.Outputs.Length} outputs: call Predict(batch.InputTensors) for each batch, which gives a tensor for each output.");
        }

        return Each();

        IEnumerable<Tensor> Each()
        {
            var position = new EpochPosition { BatchSize = batchSize, Random = RandomStreams.OfOrder(model.Seed, 0) };
            foreach (Batch batch in data.RecycledEpoch(position, new BatchBuffers())) yield return Predict(batch.InputTensors, CancellationToken.None)[0];
        }
    }

    /// <summary>Prepares workspaces for this many concurrent calls by running as many on a sample of zeros.</summary>
    public void WarmUp(int calls)
    {
        var rented = new InferenceWorkspace[calls];
        for (int i = 0; i < calls; i++) rented[i] = workspaces.Rent();
        try
        {
            foreach (InferenceWorkspace workspace in rented)
            {
                Tape tape = workspace.For(1, ChunkRows);
                // Zeros are valid as indices too.
                for (int i = 0; i < model.Graph.Inputs.Length; i++)
                {
                    (_, Shape shape, bool isInteger) = model.Graph.Inputs[i];
                    workspace.Pass[i] = Stage(tape, new float[shape.Size], shape.Prepend(1), 1, isInteger);
                }

                Run(workspace, tape);
            }
        }
        catch
        {
            workspaces.Drop(calls);
            throw;
        }

        foreach (InferenceWorkspace workspace in rented) workspaces.Return(workspace);
    }

    /// <summary>Lends a workspace to a pass over batches of at most this many samples. Larger batches would leave their activations in memory
    /// permanently.</summary>
    public void Borrow(int batchSize, Action<InferenceWorkspace> use)
    {
        bool pooled = batchSize <= ChunkRows;
        InferenceWorkspace workspace = pooled ? workspaces.Rent() : new InferenceWorkspace(model.Graph);
        try
        {
            use(workspace);
        }
        catch
        {
            if (pooled) workspaces.Drop(1);
            throw;
        }

        if (pooled) workspaces.Return(workspace);
    }

    private void PredictChunk(InferenceWorkspace workspace, ReadOnlySpan<float> inputs, Span<float> predictions, int count)
    {
        Tape tape = workspace.For(count, ChunkRows);
        Span<int> shape = stackalloc int[model.InputShape.Rank + 1];
        shape[0] = count;
        model.InputShape.Dimensions.CopyTo(shape[1..]);
        workspace.Pass[0] = Stage(tape, inputs, shape, count, model.Graph.Inputs[0].IsInteger);
        Run(workspace, tape);
        workspace.Pass[model.Graph.OutputValues[0]].AsReadOnlySpan().CopyTo(predictions);
    }

    private void Run(InferenceWorkspace workspace, Tape tape) => workspace.Pass.Run(model.Graph.All, tape, training: false, model.Seed, step: 0);

    /// <summary>A copy of some rows in the workspace's memory.</summary>
    private static Tensor Stage(Tape tape, ReadOnlySpan<float> values, ReadOnlySpan<int> batchShape, int rows, bool areIntegers = false)
    {
        Span<int> shape = stackalloc int[batchShape.Length];
        batchShape.CopyTo(shape);
        shape[0] = rows;
        Tensor x = Tensor.Allocate(tape, shape);
        x.IsInteger = areIntegers;
        values.CopyTo(x.Bits);
        return x;
    }
}
