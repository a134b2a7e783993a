namespace DeepLearning;

/// <summary>Samples that are read once and kept; a pass that is left early keeps nothing.</summary>
internal sealed class CachedSamples(SampleStream source) : SampleStream(source)
{
    private List<Sample>? kept;

    public override long? Count => source.Count;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip)
        => Volatile.Read(ref kept) is { } samples ? Copies(samples, skip) : Drop(Keeping(pass), skip, pass.Cancellation);

    public override string ToString() => $"{source}.{nameof(SampleSource.Cache)}";

    private static IEnumerable<Sample> Copies(List<Sample> samples, long skip)
    {
        if (skip > samples.Count) throw new TooFewSamplesException(skip, samples.Count);
        for (int i = (int)skip; i < samples.Count; i++) yield return samples[i].Clone();
    }

    private IEnumerable<Sample> Keeping(SamplePass pass)
    {
        var samples = new List<Sample>();
        // What is kept must not depend on the epoch in which it is first read: a resumed run may begin with another.
        foreach (Sample sample in source.Read(new SamplePass(0, Shuffle: false, new RandomStream(0), pass.Cancellation), 0))
        {
            samples.Add(sample);
            yield return sample.Clone();
        }

        Volatile.Write(ref kept, samples);
    }
}
