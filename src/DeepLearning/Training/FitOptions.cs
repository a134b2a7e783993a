namespace DeepLearning;

/// <summary>How <c>Fit</c> trains; the defaults are Keras's.</summary>
public sealed record FitOptions
{
    /// <summary>Sets the number of epochs and the batch size.</summary>
    /// <param name="epochs">Passes over the data; 1 by default. 0 trains nothing.</param>
    /// <param name="batchSize">Samples per step; 32 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 0 epochs or fewer than 1 sample.</exception>
    public FitOptions(int epochs = 1, int batchSize = 32) => (Epochs, BatchSize) = (epochs, batchSize);

    /// <summary>Passes over the data; 1 by default. 0 trains nothing.</summary>
    public int Epochs
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Epochs), value, $"{nameof(Epochs)} must be ≥ 0, got {value}.");
    }

    /// <summary>Samples per step; 32 by default. 1 is stochastic gradient descent, the number of samples is full-batch gradient descent.</summary>
    public int BatchSize
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, $"{nameof(BatchSize)} must be ≥ 1, got {value}.");
    }

    /// <summary>Whether the samples are shuffled in each epoch; true by default.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Data to evaluate after each epoch: a <see cref="Dataset"/> or another source, read again in its order each time; none by default. A class that only
    /// training or only validation has is a warning in <see cref="History.Warnings"/>, if both are in memory.
    /// </summary>
    public BatchSource? Validation { get; init; }

    /// <summary>
    /// The fraction of the training data to hold out for validation instead: the last samples, before shuffling, so shuffle data that is sorted by class first.
    /// In [0, 1); 0 by default.
    /// </summary>
    public double ValidationSplit
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ValidationSplit), value, $"{nameof(ValidationSplit)} must be in [0, 1), got {value}.");
    }

    /// <summary>
    /// How much each class counts in training, not in validation: Keras's <c>class_weight</c>; none by default. The training data is a <see cref="Dataset"/>
    /// with one class per row and a loss of classes; the batches of a stream have their own weights.
    /// </summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Called at fixed points during training, in this order.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init => field = RequireEach(value); } = [];

    /// <summary>Saves the state of the run periodically, and resumes from the last saved state; none by default.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>The number of the first epoch, for continuing an earlier run; 0 by default. Training ends before epoch <see cref="Epochs"/>.</summary>
    public int InitialEpoch
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(InitialEpoch), value, $"{nameof(InitialEpoch)} must be ≥ 0, got {value}.");
    }

    /// <summary>Whether the data may contain NaN and infinities; false by default, and they throw before training.</summary>
    public bool AllowNonFinite { get; init; }

    private static IReadOnlyList<Callback> RequireEach(IReadOnlyList<Callback> callbacks)
    {
        ArgumentNullException.ThrowIfNull(callbacks, nameof(Callbacks));
        foreach (Callback callback in callbacks) ArgumentNullException.ThrowIfNull(callback, nameof(Callbacks));
        return callbacks;
    }
}
