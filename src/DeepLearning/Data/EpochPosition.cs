namespace DeepLearning;

/// <summary>
/// Where the batches of a <see cref="BatchSource"/> begin: at the start of an epoch, or in its middle, where a run goes on from a checkpoint. The same
/// position of the same source gives the same batches.
/// </summary>
public sealed record EpochPosition
{
    /// <summary>The number of the epoch, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Epoch { get; init => field = NotNegative(value, nameof(Epoch)); }

    /// <summary>Batches of the epoch that the run has already had; the next one is wanted. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Batches { get; init => field = NotNegative(value, nameof(Batches)); }

    /// <summary>Samples in those batches. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public long Samples
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, $"{nameof(Samples)} must be ≥ 0, got {value}.");
    }

    /// <summary>Samples a batch, as <see cref="FitOptions.BatchSize"/> says; 32 by default. Where batches have a size of their own, it does not apply.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int BatchSize
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, $"{nameof(BatchSize)} must be ≥ 1, got {value}.");
    } = 32;

    /// <summary>Whether the samples of each epoch are to come in another order, as <see cref="FitOptions.Shuffle"/> says; false by default and in evaluations.</summary>
    public bool Shuffle { get; init; }

    /// <summary>
    /// Random numbers of the epoch, for orders and choices: others in each epoch of training, the same in each evaluation, and the same again where a run goes on.
    /// They come from the model's seed.
    /// </summary>
    public RandomStream Random { get; init; } = new(0);

    /// <summary>Cancelled where nobody waits for the batches any more: for sources that wait, as for a network.</summary>
    public CancellationToken Cancellation { get; init; }

    private static int NotNegative(int value, string name)
        => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be ≥ 0, got {value}.");
}
