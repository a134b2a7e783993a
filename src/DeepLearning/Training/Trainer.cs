using System.Diagnostics;

namespace DeepLearning;

/// <summary>What a model is trained with, and the calls that train and evaluate it. Only one call trains at a time.</summary>
internal sealed class Trainer(Model model)
{
    private Compilation? compilation;
    private TrainingStep? step;

    /// <summary>The metrics in the form they take in this model; none before <see cref="Compile"/>.</summary>
    public IReadOnlyList<Metric> Metrics => compilation?.Forms ?? [];

    /// <summary>What the only output of a model is trained with; null before <see cref="Compile"/>.</summary>
    public Objective? OnlyObjective => compilation?.Objectives is [{ } only] ? only : null;

    /// <summary>Whether this is what the last <see cref="Compile"/> made.</summary>
    public bool Has(Compilation run) => compilation == run;

    /// <summary>The optimizer of the compilation; null before it.</summary>
    public Optimizer? Optimizer => compilation?.Optimizer;

    public void Compile(Optimizer optimizer, IReadOnlyList<OutputLoss> outputs)
    {
        using ExclusiveUse.Hold hold = model.Exclusive.Enter();
        var next = new Compilation(model, optimizer, outputs);
        (step, compilation) = (new TrainingStep(model, next), next);
    }

    public Evaluation TrainOnBatch(Dataset data)
    {
        using ExclusiveUse.Hold hold = model.Exclusive.Enter();
        Compilation ready = Compiled();
        RequireParts();
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
    }

    public Evaluation Evaluate(BatchSource data, int batchSize)
    {
        Compilation ready = Compiled();
        model.Parameters.RequireRegularizers();
        using Activity? span = TrainingTrace.Evaluate();
        if (data.InMemory is { } known) ready.Validate(model, known, allowNonFinite: false);
        var batches = new RunBatches(data, batchSize, data.InMemory is null ? new BatchCheck(model, ready, allowNonFinite: false) : null);
        var logs = new Logs(ready.Names);
        // A source's own batches may be larger than what the model keeps memory for.
        model.Inference.Borrow(data.InMemory is null ? int.MaxValue : batchSize, workspace => ready.Measure(
            model, batches.From(new EpochPosition { Random = RandomStreams.OfOrder(model.Seed, 0) }), batchSize, logs.Values, workspace, CancellationToken.None));
        TrainingTrace.Add(span, logs);
        return new Evaluation(logs);
    }

    public History Fit(BatchSource data, FitOptions? options, IProgress<EpochProgress>? progress, CancellationToken cancellation, EpochTurns? turns = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new FitOptions();
        using ExclusiveUse.Hold hold = model.Exclusive.Enter();
        Compilation ready = Compiled();
        RequireParts();
        (BatchSource train, BatchSource? validation) = Sides(data, options);
        (Dataset? known, Dataset? held) = (train.InMemory, validation?.InMemory);
        // One pass for both: ordinary values are finite.
        bool ordinary = known is not null && ScaleWarnings.AllOrdinary(known.InputTensors, known.TargetTensors);
        if (known is not null) ready.Validate(model, known, options.AllowNonFinite || ordinary);
        if (held is not null) ready.Validate(model, held, options.AllowNonFinite);
        if (known is not null && held is not null) ClassLabels.RequireAgreement(known.ClassNames, "training", held.ClassNames, "validation");
        List<string> warnings = [];
        if (known is not null)
        {
            warnings.AddRange([.. known.TargetTensors.SelectMany(TargetWarnings.Of), .. AbsentClasses.Of(model, ready, known, held)]);
            if (!ordinary) warnings.AddRange(ScaleWarnings.Of(model, known.InputTensors, known.TargetTensors, known.FeatureNames));
        }

        if (options.ClassWeights is { } weights) train = weights.Of(known ?? throw StreamWithClassWeights(), ready, model.ClassNames);
        var batches = new RunBatches(train, options.BatchSize, known is null ? Check("the stream", held, "validation") : null, warnings);
        RunBatches? judged = validation is null ? null
            : new RunBatches(validation, options.BatchSize, held is null ? Check("validation", known, "training") : null, warnings);
        return new FitLoop(new FitRun(model, ready, options, batches, judged, warnings), step!, turns, cancellation).Run(progress);

        BatchCheck Check(string name, Dataset? beside, string besideName)
            => new(model, ready, options.AllowNonFinite) { Name = name, Beside = beside, BesideName = besideName };
    }

    /// <summary>Measures steps at batch sizes and thread counts, and changes nothing.</summary>
    public IReadOnlyList<StepTiming> Time(Dataset data, IReadOnlyList<(int BatchSize, int Threads)> trials, CancellationToken cancellation)
    {
        using ExclusiveUse.Hold hold = model.Exclusive.Enter();
        Compilation ready = Compiled();
        RequireParts();
        ready.Validate(model, data, allowNonFinite: false);
        return new StepTimer(model, ready, step!).Run(data, trials, cancellation);
    }

    /// <summary>The data to train on and the data to validate on.</summary>
    private static (BatchSource Train, BatchSource? Validation) Sides(BatchSource data, FitOptions options)
    {
        if (options.ValidationSplit == 0) return (data, options.Validation);
        if (data is not Dataset rows)
            throw new ArgumentException($"{nameof(FitOptions.ValidationSplit)} needs a Dataset; a stream has no last samples.", nameof(options));
        if (options.Validation is not null)
            throw new ArgumentException($"Give {nameof(FitOptions.Validation)} or {nameof(FitOptions.ValidationSplit)}, not both.", nameof(options));
        return rows.SplitLast(options.ValidationSplit);
    }

    /// <summary>Training needs what custom regularizers and constraints compute.</summary>
    private void RequireParts()
    {
        model.Parameters.RequireRegularizers();
        model.Parameters.RequireConstraints();
    }

    private static ArgumentException StreamWithClassWeights() => new(
        $"{nameof(FitOptions.ClassWeights)} needs a Dataset; give the batches of a stream {nameof(Batch.SampleWeights)} of their own.", "options");

    private Compilation Compiled()
        => compilation ?? throw new InvalidOperationException("The model is not compiled: call Compile with an optimizer and a loss first.");
}
