namespace DeepLearning;

/// <summary>One reading of a stream of samples: an epoch, whether it shuffles, and its random numbers.</summary>
/// <param name="Epoch">The number of the epoch, from 0.</param>
/// <param name="Shuffle">Whether orders are random.</param>
/// <param name="Random">The numbers of one stream; each stream that it reads has its own.</param>
/// <param name="Cancellation">Cancelled when samples are no longer needed.</param>
internal sealed record SamplePass(int Epoch, bool Shuffle, RandomStream Random, CancellationToken Cancellation)
{
    public static SamplePass Of(EpochPosition position) => new(position.Epoch, position.Shuffle, position.Random, position.Cancellation);

    /// <summary>The stream's own numbers.</summary>
    public RandomStream Own => Random.Substream(0);

    /// <summary>The reading of a stream that this one reads.</summary>
    /// <param name="number">Which of them, from 0, so that no two share random numbers.</param>
    public SamplePass Inner(int number = 0) => this with { Random = Random.Substream(1 + (ulong)number) };

    /// <summary>The position for the author of a source, at the start of an epoch; sources do not shuffle by themselves.</summary>
    public EpochPosition Position(int batchSize = 32)
        => new() { Epoch = Epoch, Random = Own, Cancellation = Cancellation, BatchSize = batchSize };
}
