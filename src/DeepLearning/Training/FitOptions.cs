namespace DeepLearning;

/// <summary>How <c>Fit</c> trains; the defaults are Keras's.</summary>
public sealed record FitOptions
{
    /// <summary>So many passes over the data, and so many samples a step.</summary>
    /// <param name="epochs">Passes over the data; 1 by default. 0 trains nothing.</param>
    /// <param name="batchSize">Samples a step; 32 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 0 epochs or 1 sample.</exception>
    public FitOptions(int epochs = 1, int batchSize = 32) => (Epochs, BatchSize) = (epochs, batchSize);

    /// <summary>Passes over the data; 1 by default. 0 trains nothing.</summary>
    public int Epochs
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Epochs), value, $"{nameof(Epochs)} must be ≥ 0, got {value}.");
    }

    /// <summary>Samples a step; 32 by default. 1 is stochastic gradient descent, the number of samples is full-batch gradient descent.</summary>
    public int BatchSize
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, $"{nameof(BatchSize)} must be ≥ 1, got {value}.");
    }

    /// <summary>Whether each epoch goes through the samples in another order; true by default.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Data to evaluate after each epoch: a <see cref="Dataset"/> or another source, read anew and in its order each time; none by default. A class that only
    /// training or only validation has is a warning in <see cref="History.Warnings"/>, where both are in memory.
    /// </summary>
    public BatchSource? Validation { get; init; }

    /// <summary>
    /// Or a share of the training data to hold out for it: the last samples, before shuffling, so that data sorted by class must be shuffled first. In [0, 1);
    /// 0 by default.
    /// </summary>
    public double ValidationSplit
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ValidationSplit), value, $"{nameof(ValidationSplit)} must be in [0, 1), got {value}.");
    }

    /// <summary>Called at the turns of training, in this order.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init => field = RequireEach(value); } = [];

    /// <summary>Saves the state of the run as it goes, and goes on from what was saved; none by default.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>The number of the first epoch, for a run that goes on; 0 by default. <see cref="Epochs"/> is the number to end before.</summary>
    public int InitialEpoch
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(InitialEpoch), value, $"{nameof(InitialEpoch)} must be ≥ 0, got {value}.");
    }

    /// <summary>Whether NaN and infinities are let through in the data; false by default: they throw before training.</summary>
    public bool AllowNonFinite { get; init; }

    private static IReadOnlyList<Callback> RequireEach(IReadOnlyList<Callback> callbacks)
    {
        ArgumentNullException.ThrowIfNull(callbacks, nameof(Callbacks));
        foreach (Callback callback in callbacks) ArgumentNullException.ThrowIfNull(callback, nameof(Callbacks));
        return callbacks;
    }
}
