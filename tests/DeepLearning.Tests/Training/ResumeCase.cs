namespace DeepLearning.Tests.Training;

/// <summary>A run that is made anew from the same numbers each time, as by a program that is started again.</summary>
internal sealed record ResumeCase
{
    public Func<Sequential> Model { get; init; } = () => Sequential.Input(4).Dense(6).Relu().Dropout(0.3f).Dense(3).Softmax().Build(seed: 7);

    public Func<Optimizer> Optimizer { get; init; } = () => new Adam(0.01f);

    public Func<Callback[]> Callbacks { get; init; } = () => [];

    /// <summary>48 rows, of which a validation split of 0.2 leaves 38 for training: four batches of 8 and a short one of 6.</summary>
    public FitOptions Options { get; init; } = new() { BatchSize = 8, Epochs = 4, ValidationSplit = 0.2 };

    /// <summary>What the data is trained on as; by default as it is.</summary>
    public Func<Dataset, BatchSource> Source { get; init; } = data => data;

    /// <summary>Batches of 8 as a sequence.</summary>
    public static BatchSource Stream(Dataset data) => BatchSource.Of(data.Batches(8));

    /// <summary>Runs to the end.</summary>
    public (Sequential Model, History History) Run(CheckpointOptions? checkpoint, params Callback[] more) => Run(checkpoint, CancellationToken.None, more);

    /// <summary>Runs until something happens to it.</summary>
    public (Sequential Model, History History) Run(CheckpointOptions? checkpoint, CancellationToken cancellation, params Callback[] more)
    {
        Sequential model = Model().Compile(Optimizer(), new SparseCategoricalCrossEntropy(), new Accuracy());
        FitOptions options = Options with { Checkpoint = checkpoint, Callbacks = [.. Callbacks(), .. more] };
        BatchSource data = Source(TrainingCases.Blobs(48));
        return (model, model.FitAsync(data, options, cancellationToken: cancellation).GetAwaiter().GetResult());
    }

    /// <summary>All that a run gives, bit by bit.</summary>
    public static IReadOnlyList<int> Bits((Sequential Model, History History) run)
        => [.. run.Model.Bits(), run.History.Epochs, .. run.History.Names.SelectMany(n => run.History[n]).Select(BitConverter.SingleToInt32Bits)];
}
