namespace DeepLearning;

/// <summary>The samples several times, each time with other random numbers; null for without end.</summary>
internal sealed class RepeatedSamples(SampleStream source, int? times) : SampleStream(source)
{
    public override long? Count => times is { } finite && source.Count is { } count ? checked(count * finite) : null;

    public override bool IsEndless => times is null || source.IsEndless;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => source.Count is > 0 and { } each
        ? From(pass, skip / each, skip % each)
        : Drop(From(pass, 0, 0), skip, pass.Cancellation);

    public override string ToString() => FormattableString.Invariant($"{source}.{nameof(SampleSource.Repeat)}({times})");

    private IEnumerable<Sample> From(SamplePass pass, long first, long skip)
    {
        for (long time = first; times is null || time < times; time++)
        {
            bool any = skip > 0;
            foreach (Sample sample in source.Read(pass.Inner((int)(time % int.MaxValue)), time == first ? skip : 0))
            {
                any = true;
                yield return sample;
            }

            if (!any) throw new InvalidOperationException($"There is nothing to repeat: {source} has no samples.");
        }
    }
}
