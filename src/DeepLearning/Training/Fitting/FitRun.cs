namespace DeepLearning;

/// <summary>A run of <c>Fit</c>: its parts and its progress. The loop advances it; checkpoints save and restore it.</summary>
internal sealed class FitRun
{
    public FitRun(Model model, Compilation compilation, FitOptions options, RunBatches batches, RunBatches? validation, List<string> warnings)
    {
        (Model, Compilation, Options, Batches, Validation, Warnings) = (model, compilation, options, batches, validation, warnings);
        Callbacks = [.. options.Callbacks];
        IEnumerable<string> names = compilation.Names;
        if (validation is not null) names = names.Concat(compilation.Names.Select(n => "val_" + n));
        Logs = new Logs(names);
        History = new History(Logs.Names, warnings);
        Means = new RunningFigures(compilation);
        Context = new TrainingContext(model, compilation.Optimizer, options.Epochs, Logs.Names, compilation.HigherIsBetter)
        {
            BatchesPerEpoch = batches.PerEpoch,
            EpochsDone = options.InitialEpoch,
        };
        Epoch = options.InitialEpoch;
    }

    public Model Model { get; }

    public Compilation Compilation { get; }

    public Optimizer Optimizer => Compilation.Optimizer;

    public FitOptions Options { get; }

    public RunBatches Batches { get; }

    public RunBatches? Validation { get; }

    public List<string> Warnings { get; }

    public Callback[] Callbacks { get; }

    /// <summary>What the callbacks see of the run.</summary>
    public TrainingContext Context { get; }

    /// <summary>The current figures.</summary>
    public Logs Logs { get; }

    public History History { get; }

    /// <summary>The figures of the epoch so far.</summary>
    public RunningFigures Means { get; }

    /// <summary>The epoch in progress, or the next.</summary>
    public int Epoch { get; set; }

    public bool WithinEpoch { get; set; }

    /// <summary>The model's steps when the epoch began: they determine its order.</summary>
    public ulong EpochBeginning { get; set; }

    /// <summary>The values at the beginning of the epoch; null before the first.</summary>
    public ValueSnapshot? BeginningValues { get; set; }

    /// <summary>Steps of the run.</summary>
    public long Steps { get; set; }

    /// <summary>The remaining batches of the epoch.</summary>
    public IEnumerable<Batch> RemainingBatches(CancellationToken cancellation) => Batches.From(new EpochPosition
    {
        Epoch = Epoch,
        Batches = Context.Batch,
        Samples = Means.Samples,
        Shuffle = Options.Shuffle,
        Random = RandomStreams.OfOrder(Model.Seed, EpochBeginning),
        Cancellation = cancellation,
    });

    /// <summary>The batches to validate on, the same after each epoch.</summary>
    public IEnumerable<Batch> ValidationBatches(CancellationToken cancellation)
        => Validation!.From(new EpochPosition { Epoch = Epoch, Random = RandomStreams.OfOrder(Model.Seed, 0), Cancellation = cancellation });

    /// <summary>Begins the next epoch; the callbacks are notified afterwards.</summary>
    public void BeginEpoch()
    {
        (Context.Epoch, Context.Batch, Context.Samples) = (Epoch, 0, 0);
        (WithinEpoch, EpochBeginning) = (true, Model.StepsTrained);
        Means.Reset();
        ValueSnapshot? beginning = BeginningValues;
        Model.Values.CopyTo(ref beginning);
        BeginningValues = beginning;
    }

    public void EndEpoch()
    {
        (Epoch, WithinEpoch) = (Epoch + 1, false);
        Context.EpochsDone = Epoch;
    }
}
