namespace DeepLearning;

/// <content>Where samples come from.</content>
public sealed partial class SampleSource
{
    /// <summary>The rows of a data set, as copies.</summary>
    /// <param name="data">The data set.</param>
    public static SampleSource Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new SampleSource(new DatasetSamples(data));
    }

    /// <summary>
    /// The rows of the batches of another source, in the order in which an evaluation reads them: it is asked for batches of 32 and not to shuffle, as a split
    /// by <see cref="Take"/> and <see cref="Skip"/> needs the same order in each epoch. <see cref="Shuffle(int)"/> shuffles them.
    /// </summary>
    /// <param name="source">The source; steps of a <see cref="SampleSource"/> before its batches keep their effect, <see cref="Shuffle(int)"/> too.</param>
    public static SampleSource Of(BatchSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source as SampleSource ?? (source is Dataset data ? Of(data) : new SampleSource(new BatchSamples(source)));
    }

    /// <summary>A sequence of samples, enumerated from its start in each epoch.</summary>
    /// <param name="samples">Each a new object; the same samples in the same order each time.</param>
    public static SampleSource Of(IEnumerable<Sample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new SampleSource(new EpochSamples(_ => samples, "a sequence"));
    }

    /// <summary>A sequence of anything, of which a function makes samples; enumerated from its start in each epoch.</summary>
    /// <typeparam name="T">A record, a line, the path of a file.</typeparam>
    /// <param name="items">The same items in the same order each time.</param>
    /// <param name="read">Makes a sample of an item. What it throws arrives as a <see cref="SampleException"/> with the number of the item.</param>
    public static SampleSource Of<T>(IEnumerable<T> items, Func<T, Sample> read)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(read);
        return new SampleSource(new EpochSamples(position => Reading(items, read, position.Epoch), "a sequence"));
    }

    /// <summary>An asynchronous sequence, of which a function makes samples; the reader waits for each item, and <see cref="BatchSource.Prefetch"/> lets the
    /// model work meanwhile.</summary>
    /// <typeparam name="T">A record, a message, a row.</typeparam>
    /// <param name="items">The same items in the same order each time; its token is that of the position.</param>
    /// <param name="read">Makes a sample of an item. What it throws arrives as a <see cref="SampleException"/> with the number of the item.</param>
    public static SampleSource Of<T>(IAsyncEnumerable<T> items, Func<T, Sample> read)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(read);
        return new SampleSource(new EpochSamples(
            position => Reading(AsyncItems.Wait(items, position.Cancellation), read, position.Epoch), "an asynchronous sequence"));
    }

    /// <summary>The samples that a function gives for each epoch: an iterator that opens what it reads, and closes it in a <c>finally</c> or
    /// <c>using</c>.</summary>
    /// <param name="epoch">Called when an epoch begins, with its number, its random numbers and the token that ends it; the samples depend on these
    /// alone. Their order should be the same in each epoch: a split by <see cref="Take"/> and <see cref="Skip"/> relies on it, and <see cref="Shuffle(int)"/>
    /// shuffles them. <see cref="Cache"/> keeps those of epoch 0.</param>
    /// <param name="name">Names the source in a checkpoint: a run resumes only with a source of the same name.</param>
    public static SampleSource Of(Func<EpochPosition, IEnumerable<Sample>> epoch, string name = "a function")
    {
        ArgumentNullException.ThrowIfNull(epoch);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new SampleSource(new EpochSamples(epoch, name));
    }

    /// <summary>
    /// Samples by number, like PyTorch's map-style <c>Dataset</c>: <see cref="Shuffle()"/> can order all of them at random, and a resumed run starts where it
    /// was without reading what came before.
    /// </summary>
    /// <param name="count">How many, ≥ 0.</param>
    /// <param name="read">Reads a sample by its number, from 0; may be called from several threads.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static SampleSource ByIndex(long count, Func<long, Sample> read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(read);
        return new SampleSource(new IndexedSamples(count, read));
    }

    private static IEnumerable<Sample> Reading<T>(IEnumerable<T> items, Func<T, Sample> read, int epoch)
    {
        long number = 0;
        foreach (T item in items) yield return SampleException.Calling(() => read(item), "Reading", number++, epoch);
    }
}
