namespace DeepLearning;

/// <summary>
/// What a model is trained, validated, evaluated and predicted on, batch by batch. A <see cref="Dataset"/> is one, and <see cref="Of"/> makes one of a sequence
/// of batches; for data in files, in a database or computed as it is needed, derive a class and override <see cref="Epoch"/>.
/// </summary>
/// <example>
/// <code>
/// public sealed class Numbered(int batches) : BatchSource
/// {
///     public override int? BatchesPerEpoch(int batchSize) => batches;
///
///     public override IEnumerable&lt;Batch> Epoch(EpochPosition position)
///     {
///         for (int b = position.Batches; b &lt; batches; b++) yield return Read(b);
///     }
/// }
/// </code>
/// </example>
public abstract class BatchSource
{
    /// <summary>Batches in an epoch, where that is known; null by default. <see cref="Epoch"/> must give just as many.</summary>
    /// <param name="batchSize">Samples a batch, for sources that cut their batches when they are asked.</param>
    public virtual int? BatchesPerEpoch(int batchSize) => null;

    /// <summary>The name of each input column, for messages; none by default.</summary>
    public virtual IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>
    /// The batches of an epoch from a position on, in an order that depends on the position alone, so that a run that goes on has the same ones. Each is used
    /// before the next is asked for: a source may fill one batch again and again.
    /// </summary>
    /// <param name="position">Where to begin, and what the run asks for.</param>
    public abstract IEnumerable<Batch> Epoch(EpochPosition position);

    /// <summary>
    /// The same batches in the same order, read ahead on a thread of their own while the model works on those before. The thread ends with the epoch, and
    /// where the epoch is left early. What the source throws comes through in the place of the batch.
    /// </summary>
    /// <param name="count">The batches that wait while one is worked on, ≥ 1; they are copied, so that the source may fill its own again.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public BatchSource Prefetch(int count = 2)
        => count >= 1
            ? new PrefetchedBatches(this, count)
            : throw new ArgumentOutOfRangeException(nameof(count), count, $"At least 1 batch is read ahead, got {count}.");

    /// <summary>
    /// A source of a sequence of batches, which each epoch goes through from its beginning: for <see cref="FitOptions.Validation"/> and <see cref="Prefetch"/>.
    /// </summary>
    /// <param name="batches">Gives the batches anew each time it is enumerated. A run that goes on in the middle of an epoch drops those that it has had, so they
    /// must come again in the same order.</param>
    public static BatchSource Of(IEnumerable<Batch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return new BatchStream(batches);
    }

    /// <summary>Writes what must be the same for a run to go on from a checkpoint: a file's name and rows, a batch size. Nothing by default.</summary>
    /// <param name="settings">Takes numbers and texts by name.</param>
    protected virtual void DescribeSettings(Settings settings) { }

    /// <summary>The data, where all of it is in memory and can be looked through before anything begins.</summary>
    internal virtual Dataset? InMemory => null;

    /// <summary>The batches of an epoch for a reader that has done with each when it asks for the next, and keeps these buffers from one epoch to the next.</summary>
    internal virtual IEnumerable<Batch> RecycledEpoch(EpochPosition position, BatchBuffers buffers) => Epoch(position);

    /// <summary>The samples in the first so many batches of an epoch; null where only the batches tell.</summary>
    internal virtual long? SamplesIn(int batches, int batchSize) => batches == 0 ? 0 : null;

    /// <summary>Writes what must be the same for a run to go on.</summary>
    internal virtual void Describe(StateWriter run, bool shuffles)
    {
        run.Write("Source", GetType().Name);
        run.Write(nameof(EpochPosition.Shuffle), shuffles);
        var own = new Settings();
        DescribeSettings(own);
        own.WriteTo(run.Part("Source"));
    }
}
