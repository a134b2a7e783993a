namespace DeepLearning;

/// <summary>Samples that a function gives by number.</summary>
internal sealed class IndexedSamples(long count, Func<long, Sample> read) : SampleStream
{
    public override long? Count => count;

    public override bool HasRandomAccess => true;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => ReadByIndex(pass, skip);

    public override Sample At(SamplePass pass, long index) => SampleException.Calling(() => read(index), "Reading by index", index, pass.Epoch);

    public override string ToString() => FormattableString.Invariant($"{count} by index");
}
