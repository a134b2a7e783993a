namespace DeepLearning;

/// <summary>The samples of one source, then those of the next.</summary>
internal sealed class JoinedSamples(IReadOnlyList<SampleStream> sources) : SampleStream(sources)
{
    public override long? Count => Sources.Any(s => s.Count is null) ? null : Sources.Sum(s => s.Count);

    public override bool HasRandomAccess => Sources.All(s => s.HasRandomAccess);

    public override IEnumerable<Sample> Read(SamplePass pass, long skip)
    {
        if (Sources.Take(Sources.Count - 1).Any(s => s.Count is null)) return Drop(From(pass, 0, 0), skip, pass.Cancellation);
        int first = 0;
        while (first < Sources.Count - 1 && skip >= Sources[first].Count) skip -= Sources[first++].Count!.Value;
        return From(pass, first, skip);
    }

    public override Sample At(SamplePass pass, long index)
    {
        int s = 0;
        for (; index >= Sources[s].Count; s++) index -= Sources[s].Count!.Value;
        return Sources[s].At(pass.Inner(s), index);
    }

    public override string ToString() => $"{Sources[0]}{string.Concat(Sources.Skip(1).Select(s => $".{nameof(SampleSource.Concat)}({s})"))}";

    private IEnumerable<Sample> From(SamplePass pass, int first, long skip)
    {
        for (int s = first; s < Sources.Count; s++)
            foreach (Sample sample in Sources[s].Read(pass.Inner(s), s == first ? skip : 0)) yield return sample;
    }
}
