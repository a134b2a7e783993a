namespace DeepLearning;

/// <summary>Samples that a function gives for each epoch.</summary>
internal sealed class EpochSamples(Func<EpochPosition, IEnumerable<Sample>> epoch, string name) : SampleStream
{
    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => Drop(NotNull(pass), skip, pass.Cancellation);

    public override string ToString() => name;

    private IEnumerable<Sample> NotNull(SamplePass pass)
    {
        long number = 0;
        foreach (Sample? sample in epoch(pass.Position()) ?? throw new InvalidOperationException("The samples of an epoch are null; without any, give "
            + "an empty sequence."))
        {
            yield return sample ?? throw new InvalidOperationException($"Sample {number} of epoch {pass.Epoch} is null; a sequence without more samples ends.");
            number++;
        }
    }
}
