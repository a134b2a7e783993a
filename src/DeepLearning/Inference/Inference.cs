namespace DeepLearning;

/// <summary>Computes predictions, a chunk of samples at a time, from any number of threads.</summary>
internal sealed class Inference(Model model)
{
    /// <summary>Samples at a time.</summary>
    public const int ChunkRows = 256;

    private readonly InferencePool workspaces = new(model.Graph);

    /// <summary>The most predictions that have run at once, about.</summary>
    public int CallsAtOnce => workspaces.Made;

    /// <summary>What is predicted for inputs of this shape. A batch has one dimension more than a sample, so that neither is taken for the other.</summary>
    public Shape PredictionShape(Shape inputs)
    {
        if (inputs == model.InputShape) return model.OutputShape;
        model.RequireInput(inputs);
        return model.OutputShape.Prepend(inputs[0]);
    }

    /// <summary>Predictions for a batch, or for one sample.</summary>
    public Tensor Predict(Tensor inputs)
    {
        Tensor predictions = Tensor.Zeros(PredictionShape(inputs.Shape));
        Predict(inputs.AsReadOnlySpan(), predictions.AsSpan(), CancellationToken.None);
        return predictions;
    }

    /// <summary>Predictions of a model of one input and one output; cancellation is looked at before each chunk, and the predictions made until then stand.</summary>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> predictions, CancellationToken cancellation)
    {
        int inputSize = model.InputShape.Size, outputSize = model.OutputShape.Size, rows = inputs.Length / inputSize;
        if (inputs.Length != rows * inputSize)
            throw new ArgumentException($"{model.Slots[0]} expects samples of {inputSize} values, got {inputs.Length} values.", nameof(inputs));
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

    /// <summary>Predictions of a model of several inputs or outputs: a tensor for each output.</summary>
    public Tensor[] Predict(IReadOnlyList<Tensor> inputs)
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
            for (int row = 0; row < rows; row += ChunkRows)
            {
                int count = Math.Min(ChunkRows, rows - row);
                Tape tape = workspace.For(count, ChunkRows);
                for (int i = 0; i < inputs.Count; i++) workspace.Pass[i] = Stage(tape, inputs[i].RowsView(row, count).AsReadOnlySpan(), inputs[i].Shape, count);
                Run(workspace, tape);
                for (int o = 0; o < predictions.Length; o++)
                    workspace.Pass[model.Graph.OutputValues[o]].AsReadOnlySpan().CopyTo(predictions[o].RowsView(row, count).AsSpan());
            }
        }
        catch
        {
            workspaces.Drop(1);
            throw;
        }

        workspaces.Return(workspace);
        return predictions;
    }

    /// <summary>Predictions of a model of one output, for each batch of a source.</summary>
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
            foreach (Batch batch in data.RecycledEpoch(position, new BatchBuffers())) yield return Predict(batch.InputTensors)[0];
        }
    }

    /// <summary>Makes room for this many calls at once by running as many on a sample of zeros, and returns the prediction for it.</summary>
    public float[] WarmUp(int calls)
    {
        float[] inputs = new float[model.InputShape.Size], predictions = new float[model.OutputShape.Size];
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

    /// <summary>Lends a workspace to a pass over batches of at most so many samples. Larger ones would leave their activations with the model for good.</summary>
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
        workspace.Pass[0] = Stage(tape, inputs, shape, count);
        Run(workspace, tape);
        workspace.Pass[model.Graph.OutputValues[0]].AsReadOnlySpan().CopyTo(predictions);
    }

    private void Run(InferenceWorkspace workspace, Tape tape) => workspace.Pass.Run(model.Graph.All, tape, training: false, model.Seed, step: 0);

    /// <summary>A copy of some rows in the workspace's memory.</summary>
    private static Tensor Stage(Tape tape, ReadOnlySpan<float> values, ReadOnlySpan<int> batchShape, int rows)
    {
        Span<int> shape = stackalloc int[batchShape.Length];
        batchShape.CopyTo(shape);
        shape[0] = rows;
        Tensor x = Tensor.Allocate(tape, shape);
        values.CopyTo(x.AsSpan());
        return x;
    }
}
