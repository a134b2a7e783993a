namespace DeepLearning;

/// <summary>The samples after the first ones, at most so many.</summary>
internal sealed class SlicedSamples(SampleStream source, long start, long most) : SampleStream(source)
{
    public override long? Count => source.IsEndless ? most : source.Count is { } count ? Math.Min(Math.Max(0, count - start), most) : null;

    public override bool IsEndless => source.IsEndless && most == long.MaxValue;

    public override bool HasRandomAccess => source.HasRandomAccess;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip)
    {
        if (skip > most) throw TooFew(skip, most);
        long left = most - skip;
        if (left == 0) yield break;
        foreach (Sample sample in source.Read(pass.Inner(), start + skip))
        {
            yield return sample;
            // Before the next is requested: reading one more than was asked for may wait, or fail.
            if (--left == 0) yield break;
        }
    }

    public override Sample At(SamplePass pass, long index) => source.At(pass.Inner(), start + index);

    public override string ToString()
    {
        string skip = start > 0 ? FormattableString.Invariant($".{nameof(SampleSource.Skip)}({start})") : "";
        return $"{source}{skip}{(most < long.MaxValue ? FormattableString.Invariant($".{nameof(SampleSource.Take)}({most})") : "")}";
    }
}
