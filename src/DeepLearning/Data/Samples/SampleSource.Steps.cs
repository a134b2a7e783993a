namespace DeepLearning;

/// <content>The steps between a source and the model. Each gives a new source, and leaves this one as it is.</content>
public sealed partial class SampleSource
{
    /// <summary>Changes each sample.</summary>
    /// <param name="map">Gives the changed sample. It may write to the tensors of the given one.</param>
    /// <param name="threads">How many samples to work on at a time, 1 by default; they keep their order. With more, the function must be thread-safe.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 threads.</exception>
    public SampleSource Map(Func<Sample, Sample> map, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Map((sample, _) => map(sample), isRandom: false, threads);
    }

    /// <summary>Changes each sample at random, as augmentation does.</summary>
    /// <param name="map">Gives the changed sample from random numbers of its own: they depend on the seed of the model, the epoch and the number of the
    /// sample.</param>
    /// <param name="threads">How many samples to work on at a time, 1 by default; they keep their order. With more, the function must be thread-safe.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 threads.</exception>
    public SampleSource Map(Func<Sample, RandomStream, Sample> map, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Map(map, isRandom: true, threads);
    }

    /// <summary>Keeps the samples for which a condition holds.</summary>
    /// <param name="predicate">The condition.</param>
    public SampleSource Where(Func<Sample, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new SampleSource(new FilteredSamples(stream, predicate));
    }

    /// <summary>
    /// A random order in each training epoch, every order equally likely. For sources that read any sample by its number, such as <see cref="ByIndex"/> or a
    /// data set, with <see cref="Map(Func{Sample, Sample}, int)"/>, <see cref="Take"/> and <see cref="Skip"/> between. Evaluations, predictions and
    /// <see cref="FitOptions.Shuffle"/> = false keep the order.
    /// </summary>
    /// <exception cref="InvalidOperationException">The source can only be read from its start: <see cref="Shuffle(int)"/> shuffles it by a buffer.</exception>
    public SampleSource Shuffle()
    {
        if (!stream.HasRandomAccess || stream.Count > int.MaxValue)
        {
            throw new InvalidOperationException(
                $"Only samples that can be read by number, at most {int.MaxValue}, can be put into any order, but {stream} is read from its start: "
                + "Shuffle(buffer) draws from a buffer.");
        }

        return new SampleSource(new PermutedSamples(stream));
    }

    /// <summary>
    /// A random order in each training epoch, by a buffer: each sample is drawn from those in the buffer, and the next one takes its place. A sample comes at
    /// most
    /// <paramref name="buffer"/> places earlier than in the source: data that is sorted by class needs a buffer of about its size. Evaluations, predictions and
    /// <see cref="FitOptions.Shuffle"/> = false keep the order.
    /// </summary>
    /// <param name="buffer">Samples in memory, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The buffer is below 1.</exception>
    public SampleSource Shuffle(int buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer, 1);
        return new SampleSource(new ShuffledSamples(stream, buffer));
    }

    /// <summary>The first samples; all, if there are fewer.</summary>
    /// <param name="count">How many, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    /// <exception cref="InvalidOperationException">The order is random, and the samples have an end: each epoch would take others, also those that are
    /// kept for a test. After <see cref="Repeat"/> without end, <c>Take</c> is the length of an epoch.</exception>
    public SampleSource Take(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (stream.IsShuffled && !stream.IsEndless)
        {
            throw new InvalidOperationException(
                $"Take after Shuffle would take other samples in each epoch, also those that a split keeps for a test: write Take({count}) first, then Shuffle."
                + $" For epochs of {count} samples out of all, write Repeat() before Take({count}).");
        }

        return new SampleSource(new SlicedSamples(stream, 0, count));
    }

    /// <summary>The samples after the first ones.</summary>
    /// <param name="count">How many to leave out, ≥ 0; nothing is left if the source has fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    /// <exception cref="InvalidOperationException">The order is random: each epoch would leave out others, and those kept for a test would be trained
    /// on.</exception>
    public SampleSource Skip(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (stream.IsShuffled)
            throw new InvalidOperationException("Skip after Shuffle would leave out other samples in each epoch: write Skip first, then Shuffle.");
        return new SampleSource(new SlicedSamples(stream, count, long.MaxValue));
    }

    /// <summary>The samples several times in one epoch, each time with other random numbers.</summary>
    /// <param name="times">How often, ≥ 1; null, the default, for without end: then <see cref="Take"/> says how many are an epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public SampleSource Repeat(int? times = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times ?? 1, 1, nameof(times));
        return new SampleSource(new RepeatedSamples(stream, times));
    }

    /// <summary>Pairs of samples of this source and another, combined: images and their masks, a text and its picture.</summary>
    /// <param name="other">As many samples as here, or samples without end.</param>
    /// <param name="combine">Makes one sample of two.</param>
    /// <exception cref="ArgumentException">The numbers of samples are known, and differ. If they are not, reading throws when one ends.</exception>
    public SampleSource Zip(SampleSource other, Func<Sample, Sample, Sample> combine)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(combine);
        if (Count is { } here && other.Count is { } there && here != there)
            throw new ArgumentException($"Expected as many samples as here, {here}, got {there}: Take leaves out the rest.", nameof(other));
        return new SampleSource(new ZippedSamples(stream, other.stream, combine));
    }

    /// <summary>The samples of this source, then those of another.</summary>
    /// <param name="other">Of the same classes.</param>
    /// <exception cref="InvalidOperationException">This source has no end.</exception>
    public SampleSource Concat(SampleSource other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (stream.IsEndless) throw new InvalidOperationException($"Nothing comes after {stream}, which has no end.");
        ClassLabels.RequireAgreement(stream.ClassNames, "the first source", other.stream.ClassNames, "the second source");
        return new SampleSource(new JoinedSamples([stream, other.stream]));
    }

    /// <summary>Samples of several sources in turn, until all have ended: files by class, say, become a mixture.</summary>
    /// <param name="sources">At least one.</param>
    /// <param name="block">Samples of each before it is the next one's turn, ≥ 1.</param>
    /// <exception cref="ArgumentException">There are no sources.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The block is below 1.</exception>
    public static SampleSource Interleave(IReadOnlyList<SampleSource> sources, int block = 1)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        if (sources.Count == 0) throw new ArgumentException("Expected at least one source, got none.", nameof(sources));
        foreach (SampleSource source in sources) ArgumentNullException.ThrowIfNull(source, nameof(sources));
        for (int s = 1; s < sources.Count; s++)
            ClassLabels.RequireAgreement(sources[0].stream.ClassNames, "the first source", sources[s].stream.ClassNames, $"source {s + 1}");
        return new SampleSource(new InterleavedSamples([.. sources.Select(s => s.stream)], block));
    }

    /// <summary>
    /// Keeps all samples in memory when an epoch has read them to the end, so that later epochs do not read the source again. What comes before is read once:
    /// random steps belong after it.
    /// </summary>
    /// <exception cref="InvalidOperationException">Earlier steps shuffle or use random numbers, which would be the same in all epochs; or the samples have no
    /// end.</exception>
    public SampleSource Cache()
    {
        if (stream.IsEndless) throw new InvalidOperationException($"{stream} has no end, and cannot be kept.");
        if (stream.IsShuffled || stream.IsRandom)
        {
            throw new InvalidOperationException(
                $"Cache would give every epoch the same {(stream.IsShuffled ? "order" : "random changes")}: write it before "
                + $"{(stream.IsShuffled ? "Shuffle" : "the Map with random numbers")}.");
        }

        return new SampleSource(new CachedSamples(stream));
    }

    /// <summary>Names for columns and classes, for messages, and to check that training and validation number the classes alike.</summary>
    /// <param name="features">The name of each input column; null to keep those there are.</param>
    /// <param name="classes">The name of each class, by label; null to keep those there are. Targets of one value are labels then.</param>
    public SampleSource Named(IReadOnlyList<string>? features = null, IReadOnlyList<string>? classes = null)
        => new(new NamedSamples(stream, features ?? stream.FeatureNames, classes ?? stream.ClassNames));

    /// <summary>Batches of a fixed size, whatever <see cref="FitOptions.BatchSize"/> is.</summary>
    /// <param name="size">Samples per batch, ≥ 1; null, the default, for that of the run.</param>
    /// <param name="dropRemainder">Whether a last, smaller batch is left out; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public BatchSource Batch(int? size = null, bool dropRemainder = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size ?? 1, 1, nameof(size));
        return new SampleBatches(stream, size, dropRemainder, null);
    }

    /// <summary>
    /// Batches of samples of different length: each input is padded at its end, in every dimension in which samples differ. Targets must have one shape.
    /// </summary>
    /// <param name="size">Samples per batch, ≥ 1; null for that of the run.</param>
    /// <param name="length">
    /// The first dimension of the padded inputs, as a model of fixed shape needs it; null, the default, for the longest of each batch. A longer sample is an
    /// error.
    /// </param>
    /// <param name="value">What fills up, 0 by default; a whole number for indices.</param>
    /// <param name="mask">What is added as a further input, so that a model can tell what was padded; nothing by default.</param>
    /// <param name="dropRemainder">Whether a last, smaller batch is left out; false by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small, or the value not finite.</exception>
    public BatchSource PaddedBatch(int? size = null, int? length = null, double value = 0, PaddingMask mask = PaddingMask.None, bool dropRemainder = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size ?? 1, 1, nameof(size));
        ArgumentOutOfRangeException.ThrowIfLessThan(length ?? 1, 1, nameof(length));
        if (mask is < PaddingMask.None or > PaddingMask.Lengths) throw new ArgumentOutOfRangeException(nameof(mask), mask, $"Expected a "
            + $"{nameof(PaddingMask)}, got {mask}.");
        return new SampleBatches(stream, size, dropRemainder, new Padding(Setting.Finite(value, nameof(value)), mask, length));
    }

    private SampleSource Map(Func<Sample, RandomStream, Sample> map, bool isRandom, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new SampleSource(threads == 1 ? new MappedSamples(stream, map, isRandom) : new ParallelSamples(stream, map, isRandom, threads));
    }
}
