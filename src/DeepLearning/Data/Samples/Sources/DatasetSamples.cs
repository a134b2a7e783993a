namespace DeepLearning;

/// <summary>Copies of the rows of a data set, so that a step may write to them.</summary>
internal sealed class DatasetSamples(Dataset data) : SampleStream
{
    public override long? Count => data.Count;

    public override bool HasRandomAccess => true;

    public override IReadOnlyList<string> FeatureNames => data.FeatureNames;

    public override IReadOnlyList<string> ClassNames => data.ClassNames;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => ReadByIndex(pass, skip);

    public override Sample At(SamplePass pass, long index)
        => Sample.OfRow(data.InputTensors, data.TargetTensors, data.SampleWeights, data.ClassLabels, (int)index);

    public override string ToString() => FormattableString.Invariant($"{data.Count} rows");
}
