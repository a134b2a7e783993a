namespace DeepLearning;

/// <summary>The loop behind <c>Fit</c>: epochs, batches, validation, callbacks.</summary>
internal sealed class FitLoop
{
    private readonly Sequential model;
    private readonly Compilation compilation;
    private readonly TrainingStep step;
    private readonly FitOptions options;
    private readonly Dataset? validation;
    private readonly CancellationToken cancellation;
    private readonly TrainingContext context;
    private readonly RunningMeans means;
    private readonly Logs logs;
    private readonly History history;
    private readonly Callback[] callbacks;
    private readonly float[] epochWeights;

    public FitLoop(
        Sequential model, Compilation compilation, TrainingStep step, FitOptions options, Dataset? validation, IReadOnlyList<string> warnings,
        CancellationToken cancellation)
    {
        this.model = model;
        this.compilation = compilation;
        this.step = step;
        this.options = options;
        this.validation = validation;
        this.cancellation = cancellation;
        callbacks = [.. options.Callbacks];
        IEnumerable<string> names = compilation.Names;
        if (validation is not null) names = names.Concat(compilation.Names.Select(n => "val_" + n));
        logs = new Logs(names);
        history = new History(logs.Names, warnings);
        means = new RunningMeans(compilation);
        context = new TrainingContext(model, compilation.Optimizer, options.Epochs, logs.Names, compilation.HigherIsBetter);
        epochWeights = new float[model.Parameters.Flat.Length];
    }

    /// <summary>Trains; <paramref name="epochs"/> gives the batches of an epoch by its number.</summary>
    public History Run(Func<int, IEnumerable<Batch>> epochs, int? batchesPerEpoch, IProgress<EpochProgress>? progress)
    {
        try
        {
            return RunEpochs(epochs, batchesPerEpoch, progress);
        }
        finally
        {
            step.ReleaseBuffers();
        }
    }

    private History RunEpochs(Func<int, IEnumerable<Batch>> epochs, int? batchesPerEpoch, IProgress<EpochProgress>? progress)
    {
        context.BatchesPerEpoch = batchesPerEpoch;
        foreach (Callback callback in callbacks) callback.OnTrainBegin(context);
        for (int epoch = options.InitialEpoch; epoch < options.Epochs && !context.Stopping; epoch++)
        {
            Train(epoch, epochs(epoch));
            if (validation is not null) Validate();
            history.Append(logs);
            foreach (Callback callback in callbacks) callback.OnEpochEnd(context, logs);
            progress?.Report(new EpochProgress(epoch, options.Epochs, logs.ToDictionary()));
        }

        if (history.Epochs > 0) compilation.Optimizer.ApplyAverage();
        foreach (Callback callback in callbacks) callback.OnTrainEnd(context, logs);
        return history;
    }

    private void Train(int epoch, IEnumerable<Batch> batches)
    {
        (context.Epoch, context.Batch, context.Samples) = (epoch, 0, 0);
        means.Reset();
        model.Parameters.Flat.AsSpan().CopyTo(epochWeights);
        foreach (Callback callback in callbacks) callback.OnEpochBegin(context);
        foreach (Batch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Callback callback in callbacks) callback.OnTrainBatchBegin(context);
            if (!step.Run(batch, means, out float loss)) throw Diverged(context.Batch, step.PlaceOfFailure(batch), loss);
            context.Samples = means.Samples;
            means.CopyTo(logs.Values);
            foreach (Callback callback in callbacks) callback.OnTrainBatchEnd(context, logs);
            context.Batch++;
            if (context.Stopping) break;
        }

        if (means.Samples == 0) throw new ArgumentException($"Epoch {epoch + 1} had no batches.", nameof(batches));
        // A last step may overflow the weights although its loss and gradients were finite; no later step would notice.
        if (step.OverflowedParameter() is { } place) throw Diverged(context.Batch - 1, place, logs.Values[0]);
    }

    private TrainingDivergedException Diverged(int batch, string place, float loss)
    {
        epochWeights.CopyTo(model.Parameters.Flat.AsSpan());
        return new TrainingDivergedException(
            context.Epoch, batch, place, loss, "The weights are those at the beginning of the epoch; compile with a new optimizer before going on.");
    }

    private void Validate()
    {
        foreach (Callback callback in callbacks) callback.OnTestBegin(context);
        model.Measure(compilation, validation!, options.BatchSize, logs.Values[compilation.Names.Count..], cancellation);
        foreach (Callback callback in callbacks) callback.OnTestEnd(context, logs);
    }
}
