namespace DeepLearning;

/// <summary>The same samples with names of columns and classes.</summary>
internal sealed class NamedSamples(SampleStream source, IReadOnlyList<string> featureNames, IReadOnlyList<string> classNames) : SampleStream(source)
{
    public override long? Count => source.Count;

    public override bool HasRandomAccess => source.HasRandomAccess;

    public override IReadOnlyList<string> FeatureNames => featureNames;

    public override IReadOnlyList<string> ClassNames => classNames;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => source.Read(pass.Inner(), skip);

    public override Sample At(SamplePass pass, long index) => source.At(pass.Inner(), index);

    public override string ToString() => $"{source}";
}
