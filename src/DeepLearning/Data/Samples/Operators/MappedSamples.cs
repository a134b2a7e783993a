namespace DeepLearning;

/// <summary>A function of each sample, with random numbers of the epoch and the sample's number.</summary>
internal sealed class MappedSamples(SampleStream source, Func<Sample, RandomStream, Sample> map, bool isRandom) : SampleStream(source)
{
    private const string Step = nameof(SampleSource.Map);

    public override long? Count => source.Count;

    public override bool HasRandomAccess => source.HasRandomAccess;

    public override bool IsRandom => isRandom || base.IsRandom;

    /// <summary>Unknown: the function may make others.</summary>
    public override IReadOnlyList<string> FeatureNames => [];

    public override IEnumerable<Sample> Read(SamplePass pass, long skip)
    {
        RandomStream own = pass.Own;
        long index = skip;
        foreach (Sample sample in source.Read(pass.Inner(), skip)) yield return Call(sample, own, index++, pass.Epoch);
    }

    public override Sample At(SamplePass pass, long index) => Call(source.At(pass.Inner(), index), pass.Own, index, pass.Epoch);

    public override string ToString() => $"{source}.{Step}";

    internal Sample Call(Sample sample, RandomStream own, long index, int epoch)
        => SampleException.Calling(() => map(sample, isRandom ? own.Substream((ulong)index) : own), Step, index, epoch);
}
