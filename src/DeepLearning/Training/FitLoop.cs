namespace DeepLearning;

/// <summary>The loop behind <c>Fit</c>: epochs, batches, validation, callbacks, checkpoints.</summary>
internal sealed partial class FitLoop
{
    private readonly Sequential model;
    private readonly Compilation compilation;
    private readonly TrainingStep step;
    private readonly FitOptions options;
    private readonly IBatchSource batches;
    private readonly Dataset? validation;
    private readonly CancellationToken cancellation;
    private readonly TrainingContext context;
    private readonly RunningFigures means;
    private readonly Logs logs;
    private readonly List<string> warnings;
    private readonly History history;
    private readonly Callback[] callbacks;
    private readonly float[] epochWeights;

    /// <summary>Of the run, not of the model: a trained model that only predicts does not carry the activations of its validation along.</summary>
    private readonly InferenceWorkspace validating = new();

    private int epoch;
    private bool withinEpoch;
    private ulong epochBeginning;
    private Batch? current;

    public FitLoop(
        Sequential model, Compilation compilation, TrainingStep step, FitOptions options, IBatchSource batches, Dataset? validation,
        List<string> warnings, CancellationToken cancellation)
    {
        this.model = model;
        this.compilation = compilation;
        this.step = step;
        this.options = options;
        this.batches = batches;
        this.validation = validation;
        this.cancellation = cancellation;
        this.warnings = warnings;
        callbacks = [.. options.Callbacks];
        IEnumerable<string> names = compilation.Names;
        if (validation is not null) names = names.Concat(compilation.Names.Select(n => "val_" + n));
        logs = new Logs(names);
        history = new History(logs.Names, this.warnings);
        means = new RunningFigures(compilation);
        context = new TrainingContext(model, compilation.Optimizer, options.Epochs, logs.Names, compilation.HigherIsBetter)
        {
            BatchesPerEpoch = batches.BatchesPerEpoch,
        };
        epochWeights = new float[model.Parameters.Flat.Length];
        epoch = context.EpochsDone = options.InitialEpoch;
        PrepareCheckpoints();
    }

    /// <summary>Trains, from the newest checkpoint where there is one.</summary>
    public History Run(IProgress<EpochProgress>? progress)
    {
        try
        {
            using IDisposable? held = checkpoints?.Hold();
            return RunEpochs(progress);
        }
        finally
        {
            step.ReleaseBuffers();
        }
    }

    private History RunEpochs(IProgress<EpochProgress>? progress)
    {
        Begin();
        try
        {
            while (epoch < options.Epochs && (withinEpoch || !context.Stopping)) RunEpoch(progress);
            compilation.Optimizer.ApplyAverage();
        }
        finally
        {
            compilation.Optimizer.Restart();
        }

        foreach (Callback callback in callbacks) callback.OnTrainEnd(context, logs);
        return history;
    }

    private void RunEpoch(IProgress<EpochProgress>? progress)
    {
        if (!withinEpoch) BeginEpoch();
        Train();
        Judge();
        (epoch, withinEpoch) = (epoch + 1, false);
        context.EpochsDone = epoch;
        SaveAfterEpoch();
        progress?.Report(new EpochProgress(context.Epoch, options.Epochs, logs.ToDictionary()));
    }

    private void BeginEpoch()
    {
        (context.Epoch, context.Batch, context.Samples) = (epoch, 0, 0);
        (withinEpoch, epochBeginning) = (true, model.StepsTrained);
        means.Reset();
        model.Parameters.Flat.AsSpan().CopyTo(epochWeights);
        foreach (Callback callback in callbacks) callback.OnEpochBegin(context);
    }

    private void Train()
    {
        // A checkpoint may stand where a callback has just ended the epoch.
        bool stopped = context.Stopping && context.Batch > 0;
        foreach (Batch batch in stopped ? [] : batches.Epoch(epochBeginning, context.Batch, means.Samples))
        {
            if (cancellation.IsCancellationRequested) throw Canceled();
            current = batch;
            foreach (Callback callback in callbacks) callback.OnTrainBatchBegin(context);
            if (!step.Run(batch, means, out float loss)) throw Diverged(context.Batch, step.PlaceOfFailure(batch), loss);
            context.Samples = means.Samples;
            means.CopyRunningTo(logs.Values);
            foreach (Callback callback in callbacks) callback.OnTrainBatchEnd(context, logs);
            context.Batch++;
            SaveAfterStep();
            if (context.Stopping) break;
        }

        if (means.Samples == 0) throw new ArgumentException($"Epoch {epoch + 1} had no batches.", nameof(batches));
        means.CopyTo(logs.Values);
        compilation.Optimizer.ApplyAccumulated();
        // A last step may overflow the weights although its loss and gradients were finite; no later step would notice.
        if (step.OverflowedParameter() is { } place) throw Diverged(context.Batch - 1, place, logs.Values[0]);
    }

    /// <summary>Validation and the callbacks after an epoch see the averaged weights, where the optimizer keeps an average.</summary>
    private void Judge()
    {
        ShowAverage();
        try
        {
            if (validation is not null) Validate();
            history.Append(logs);
            foreach (Callback callback in callbacks) callback.OnEpochEnd(context, logs);
        }
        finally
        {
            ShowTrained();
        }
    }

    private void Validate()
    {
        foreach (Callback callback in callbacks) callback.OnTestBegin(context);
        try
        {
            model.Measure(compilation, validation!, options.BatchSize, logs.Values[compilation.Names.Count..], validating, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            ShowTrained();
            throw Canceled();
        }

        foreach (Callback callback in callbacks) callback.OnTestEnd(context, logs);
    }

    private TrainingCanceledException Canceled()
    {
        SaveBeforeCancelling();
        return new TrainingCanceledException(history, context.Epoch, cancellation);
    }

    private TrainingDivergedException Diverged(int batch, string place, float loss)
    {
        epochWeights.CopyTo(model.Parameters.Flat.AsSpan());
        string weights = "those at the beginning of the epoch";
        foreach (EarlyStopping stopping in callbacks.OfType<EarlyStopping>())
        {
            if (!stopping.PutBack(model)) continue;
            weights = stopping.BestEpoch < 0
                ? "those of the first epoch that EarlyStopping looked at, as none was better"
                : $"those of epoch {stopping.BestEpoch + 1}, the best, which EarlyStopping kept";
        }

        string? cause = current is null ? null : ScaleWarnings.FirstOf(model, current.Inputs, current.Targets, batches.FeatureNames);
        return new TrainingDivergedException(
            context.Epoch, batch, place, loss, $"The weights are {weights}; compile with a new optimizer before going on.", cause, history);
    }
}
