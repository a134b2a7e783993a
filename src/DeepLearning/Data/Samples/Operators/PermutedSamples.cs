namespace DeepLearning;

/// <summary>The samples of a source with random access in random order, every order equally likely.</summary>
internal sealed class PermutedSamples(SampleStream source) : SampleStream(source)
{
    public override long? Count => source.Count;

    public override bool IsShuffled => true;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => pass.Shuffle ? Shuffled(pass, skip) : source.Read(pass.Inner(), skip);

    public override string ToString() => $"{source}.{nameof(SampleSource.Shuffle)}";

    private IEnumerable<Sample> Shuffled(SamplePass pass, long skip)
    {
        var order = new int[source.Count!.Value];
        if (skip > order.Length) throw new TooFewSamplesException(skip, order.Length);
        pass.Own.FillPermutation(order);
        SamplePass inner = pass.Inner();
        for (long i = skip; i < order.Length; i++) yield return source.At(inner, order[i]);
    }
}
