namespace DeepLearning;

/// <summary>The samples for which a condition holds.</summary>
internal sealed class FilteredSamples(SampleStream source, Func<Sample, bool> predicate) : SampleStream(source)
{
    private const string Step = nameof(SampleSource.Where);

    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => Drop(Kept(pass), skip, pass.Cancellation);

    public override string ToString() => $"{source}.{Step}";

    private IEnumerable<Sample> Kept(SamplePass pass)
    {
        long index = 0;
        foreach (Sample sample in source.Read(pass.Inner(), 0))
        {
            pass.Cancellation.ThrowIfCancellationRequested();
            if (SampleException.Calling(() => predicate(sample), Step, index++, pass.Epoch)) yield return sample;
        }
    }
}
