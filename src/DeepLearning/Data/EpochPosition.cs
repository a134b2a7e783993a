namespace DeepLearning;

/// <summary>
/// Where the batches of a <see cref="BatchSource"/> start: at the start of an epoch, or in its middle when a run resumes from a checkpoint. The same position
/// of the same source gives the same batches.
/// </summary>
public sealed record EpochPosition
{
    /// <summary>The number of the epoch, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Epoch { get; init => field = NotNegative(value, nameof(Epoch)); }

    /// <summary>Batches of the epoch already processed; the next one is requested. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Batches { get; init => field = NotNegative(value, nameof(Batches)); }

    /// <summary>Samples in those batches. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public long Samples
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, $"{nameof(Samples)} must be ≥ 0, got {value}.");
    }

    /// <summary>Samples per batch, from <see cref="FitOptions.BatchSize"/>; 32 by default. Ignored by sources with a fixed batch size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int BatchSize
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, $"{nameof(BatchSize)} must be ≥ 1, got {value}.");
    } = 32;

    /// <summary>Whether each epoch should have its samples in a different order, from <see cref="FitOptions.Shuffle"/>; false by default and in
    /// evaluations.</summary>
    public bool Shuffle { get; init; }

    /// <summary>
    /// Random numbers of the epoch, for orders and choices: different in each training epoch, the same in each evaluation and in a resumed run. They come from
    /// the model's seed.
    /// </summary>
    public RandomStream Random { get; init; } = new(0);

    /// <summary>Cancelled when the batches are no longer needed: for sources that wait, for a network for instance.</summary>
    public CancellationToken Cancellation { get; init; }

    private static int NotNegative(int value, string name)
        => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be ≥ 0, got {value}.");
}
