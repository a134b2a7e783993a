namespace DeepLearning;

/// <summary>Samples in an order that depends on the pass alone. A stream has no state of a pass, so that several can be read at a time.</summary>
/// <param name="sources">The streams that it reads; what is not overridden is as in them.</param>
internal abstract class SampleStream(params IReadOnlyList<SampleStream> sources)
{
    protected IReadOnlyList<SampleStream> Sources { get; } = sources;

    /// <summary>Samples in an epoch, if known without reading them.</summary>
    public virtual long? Count => null;

    /// <summary>Whether the samples never end.</summary>
    public virtual bool IsEndless => Sources.Any(s => s.IsEndless);

    /// <summary>Whether <see cref="At"/> gives any sample without reading others; the count is then known.</summary>
    public virtual bool HasRandomAccess => false;

    /// <summary>Whether each epoch has another order.</summary>
    public virtual bool IsShuffled => Sources.Any(s => s.IsShuffled);

    /// <summary>Whether the samples themselves differ from epoch to epoch.</summary>
    public virtual bool IsRandom => Sources.Any(s => s.IsRandom);

    /// <summary>The name of each input column.</summary>
    public virtual IReadOnlyList<string> FeatureNames => Sources.Count > 0 ? Sources[0].FeatureNames : [];

    /// <summary>The name of each class, by label.</summary>
    public virtual IReadOnlyList<string> ClassNames => Sources.Count > 0 ? Sources[0].ClassNames : [];

    /// <summary>The samples of a pass, without the first ones.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="skip">How many to leave out; more than there are is a <see cref="TooFewSamplesException"/> when the first is requested.</param>
    public abstract IEnumerable<Sample> Read(SamplePass pass, long skip);

    /// <summary>One sample, by its number, if the stream <see cref="HasRandomAccess"/>.</summary>
    public virtual Sample At(SamplePass pass, long index) => throw new NotSupportedException($"{GetType().Name} gives its samples in order only.");

    /// <summary>The samples of a stream with random access, from one on.</summary>
    protected IEnumerable<Sample> ReadByIndex(SamplePass pass, long skip)
    {
        long count = Count!.Value;
        if (skip > count) throw new TooFewSamplesException(skip, count);
        for (long i = skip; i < count; i++) yield return At(pass, i);
    }

    /// <summary>The samples without the first ones, which are read and dropped.</summary>
    protected static IEnumerable<Sample> Drop(IEnumerable<Sample> samples, long skip, CancellationToken cancellation)
    {
        long number = 0;
        foreach (Sample sample in samples)
        {
            if (number++ >= skip) yield return sample;
            else cancellation.ThrowIfCancellationRequested();
        }

        if (number < skip) throw new TooFewSamplesException(skip, number);
    }
}
