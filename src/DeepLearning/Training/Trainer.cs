namespace DeepLearning;

/// <summary>What a model is trained with, and the calls that train and evaluate it. Only one call trains at a time.</summary>
internal sealed class Trainer(Model model)
{
    private Compilation? compilation;
    private TrainingStep? step;

    /// <summary>The metrics in the form that they take in this model; none before <see cref="Compile"/>.</summary>
    public IReadOnlyList<Metric> Metrics => compilation?.Forms ?? [];

    /// <summary>The optimizer of the compilation; null before it.</summary>
    public Optimizer? Optimizer => compilation?.Optimizer;

    public void Compile(Optimizer optimizer, IReadOnlyList<OutputLoss> outputs) => model.Exclusive.Run(() =>
    {
        var next = new Compilation(model, optimizer, outputs);
        (step, compilation) = (new TrainingStep(model, next), next);
    });

    public Evaluation TrainOnBatch(Dataset data) => model.Exclusive.Run(() =>
    {
        Compilation ready = Compiled();
        ready.Validate(model, data, allowNonFinite: false);
        var means = new RunningFigures(ready);
        var batch = new Batch(data.InputTensors, data.TargetTensors, data.SampleWeights);
        if (!step!.Run(batch, means, out float loss))
        {
            string? cause = ScaleWarnings.FirstOf(model, data.InputTensors, data.TargetTensors, []);
            throw new TrainingDivergedException(0, 0, step.PlaceOfFailure(batch), loss, "Nothing was changed.", cause, history: null);
        }

        var logs = new Logs(ready.Names);
        means.CopyTo(logs.Values);
        return new Evaluation(logs);
    });

    public Evaluation Evaluate(Dataset data, int batchSize)
    {
        Compilation ready = Compiled();
        ready.Validate(model, data, allowNonFinite: false);
        var logs = new Logs(ready.Names);
        model.Inference.Borrow(batchSize, workspace => ready.Measure(model, data, batchSize, logs.Values, workspace, CancellationToken.None));
        return new Evaluation(logs);
    }

    public History Fit(Dataset data, FitOptions? options, IProgress<EpochProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new FitOptions();
        return model.Exclusive.Run(() =>
        {
            Compilation ready = Compiled();
            (Dataset train, Dataset? validation) = (data, options.Validation);
            if (options.ValidationSplit > 0)
            {
                if (validation is not null)
                    throw new ArgumentException($"Give {nameof(FitOptions.Validation)} or {nameof(FitOptions.ValidationSplit)}, not both.", nameof(options));
                (train, validation) = data.SplitLast(options.ValidationSplit);
            }

            // One pass for both checks: values of ordinary size are finite.
            bool ordinary = ScaleWarnings.AllOrdinary(train.InputTensors, train.TargetTensors);
            ready.Validate(model, train, options.AllowNonFinite || ordinary);
            if (validation is not null)
            {
                ready.Validate(model, validation, options.AllowNonFinite);
                ClassLabels.RequireAgreement(train.ClassNames, "training", validation.ClassNames, "validation");
            }

            List<string> warnings = [.. train.TargetTensors.SelectMany(TargetWarnings.Of), .. AbsentClasses.Of(model, ready, train, validation)];
            if (!ordinary) warnings.AddRange(ScaleWarnings.Of(model, train.InputTensors, train.TargetTensors, train.FeatureNames));
            var source = new DatasetBatches(train, options, model.Seed);
            return new FitLoop(new FitRun(model, ready, options, source, validation, warnings), step!, cancellation).Run(progress);
        });
    }

    public History Fit(IEnumerable<Batch> batches, FitOptions? options, IProgress<EpochProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batches);
        options ??= new FitOptions();
        return model.Exclusive.Run(() =>
        {
            Compilation ready = Compiled();
            if (options.ValidationSplit > 0)
                throw new ArgumentException($"{nameof(FitOptions.ValidationSplit)} needs a Dataset; a stream has no last samples.", nameof(options));
            if (options.Validation is { } validation) ready.Validate(model, validation, options.AllowNonFinite);
            List<string> warnings = [];
            var source = new StreamBatches(batches, new BatchCheck(model, ready, options.Validation, options.AllowNonFinite).Require, warnings);
            return new FitLoop(new FitRun(model, ready, options, source, options.Validation, warnings), step!, cancellation).Run(progress);
        });
    }

    private Compilation Compiled()
        => compilation ?? throw new InvalidOperationException("The model is not compiled: call Compile with an optimizer and a loss first.");
}
