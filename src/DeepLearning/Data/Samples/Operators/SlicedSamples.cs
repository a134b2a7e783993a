namespace DeepLearning;

/// <summary>The samples after the first ones, at most so many.</summary>
internal sealed class SlicedSamples(SampleStream source, long start, long most) : SampleStream(source)
{
    public override long? Count => source.IsEndless ? most : source.Count is { } count ? Math.Min(Math.Max(0, count - start), most) : null;

    public override bool IsEndless => source.IsEndless && most == long.MaxValue;

    public override bool HasRandomAccess => source.HasRandomAccess;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip)
    {
        if (skip > most) throw new TooFewSamplesException(skip, most);
        using IEnumerator<Sample> samples = source.Read(pass.Inner(), start + skip).GetEnumerator();
        // No more are requested than were asked for: reading one more may wait, or fail.
        for (long left = most - skip; left > 0 && TryNext(samples, skip); left--) yield return samples.Current;
    }

    public override Sample At(SamplePass pass, long index) => source.At(pass.Inner(), start + index);

    public override string ToString()
    {
        string skip = start > 0 ? FormattableString.Invariant($".{nameof(SampleSource.Skip)}({start})") : "";
        return $"{source}{skip}{(most < long.MaxValue ? FormattableString.Invariant($".{nameof(SampleSource.Take)}({most})") : "")}";
    }

    /// <summary>A source that ends before the start has nothing behind it; one that ends before the place of a resumed run is another source.</summary>
    private static bool TryNext(IEnumerator<Sample> samples, long skip)
    {
        try
        {
            return samples.MoveNext();
        }
        catch (TooFewSamplesException) when (skip == 0)
        {
            return false;
        }
    }
}
