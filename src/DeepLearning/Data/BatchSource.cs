namespace DeepLearning;

/// <summary>
/// Data to train, validate, evaluate and predict on, batch by batch. A <see cref="Dataset"/> is one, and <see cref="Of"/> wraps a sequence of batches; for data
/// in files, in a database or computed on demand, derive a class and override <see cref="Epoch"/>.
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
    /// <summary>Batches in an epoch, if known; null by default. <see cref="Epoch"/> must give exactly as many.</summary>
    /// <param name="batchSize">Samples per batch, for sources that form batches on request.</param>
    public virtual int? BatchesPerEpoch(int batchSize) => null;

    /// <summary>The name of each input column, for messages; none by default.</summary>
    public virtual IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>
    /// The batches of an epoch from a position on, in an order that depends on the position alone, so that a resumed run gets the same ones. Each is used
    /// before the next is requested: a source may refill a single batch.
    /// </summary>
    /// <param name="position">Where to start, and the run's batch size and shuffling.</param>
    public abstract IEnumerable<Batch> Epoch(EpochPosition position);

    /// <summary>
    /// The same batches in the same order, read ahead on a separate thread while the model works on earlier ones. The thread ends with the epoch, also if the
    /// epoch is left early. An exception from the source is thrown in place of the batch.
    /// </summary>
    /// <param name="count">How many batches to read ahead, ≥ 1; they are copied, so the source may reuse its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public BatchSource Prefetch(int count = 2)
        => count >= 1
            ? new PrefetchedBatches(this, count)
            : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected to read ahead at least 1 batch, got {count}.");

    /// <summary>
    /// The same batches, each blended with itself in a random order: λ·row + (1 − λ)·other row, inputs, targets and sample weights alike, with one
    /// λ ~ Beta(α, α) a batch. Against overfitting, mostly of classifiers; only for training data. Zhang et al. 2018, and their code.
    /// </summary>
    /// <param name="alpha">α, above 0: 0.2 by default, where most batches are nearly unmixed; 1 for any λ alike.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    /// <exception cref="ArgumentException">The inputs of a data set are indices, or its targets class labels, which cannot be blended: make them one-hot with
    /// <see cref="OneHot"/>. In batches of other sources, an <see cref="InvalidOperationException"/> when they are read.</exception>
    public BatchSource Mixup(double alpha = 0.2) => new MixedBatches(this, alpha);

    /// <summary>
    /// A source from a sequence of batches, which each epoch enumerates from the start: for <see cref="FitOptions.Validation"/> and <see cref="Prefetch"/>.
    /// </summary>
    /// <param name="batches">Gives the batches each time it is enumerated. A run resumed in the middle of an epoch drops those already processed, so they must
    /// come again in the same order.</param>
    public static BatchSource Of(IEnumerable<Batch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return new BatchStream(batches);
    }

    /// <summary>Writes what must be the same to resume from a checkpoint: a file's name and rows, a batch size. Nothing by default.</summary>
    /// <param name="settings">Takes numbers and texts by name.</param>
    protected virtual void DescribeSettings(Settings settings) { }

    /// <summary>The data, if all of it is in memory and can be checked before anything starts.</summary>
    internal virtual Dataset? InMemory => null;

    /// <summary>Whether a step put the samples into an order that differs from epoch to epoch.</summary>
    internal virtual bool IsShuffled => false;

    /// <summary>Whether a step changes the samples at random.</summary>
    internal virtual bool IsRandom => false;

    /// <summary>The batches of an epoch for a reader that has finished with each when it requests the next, and keeps these buffers across epochs.</summary>
    internal virtual IEnumerable<Batch> RecycledEpoch(EpochPosition position, BatchBuffers buffers) => Epoch(position);

    /// <summary>The samples in the first <paramref name="batches"/> batches of an epoch; null if not known in advance.</summary>
    internal virtual long? SamplesIn(int batches, int batchSize) => batches == 0 ? 0 : null;

    /// <summary>Writes what must be the same to resume a run.</summary>
    internal virtual void Describe(StateWriter run, bool shuffles)
    {
        run.Write("Source", GetType().Name);
        run.Write(nameof(EpochPosition.Shuffle), shuffles);
        var own = new Settings();
        DescribeSettings(own);
        own.WriteTo(run.Part("Source"));
    }
}
