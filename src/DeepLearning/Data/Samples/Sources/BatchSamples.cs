namespace DeepLearning;

/// <summary>The rows of the batches of another source, one by one.</summary>
internal sealed class BatchSamples(BatchSource source) : SampleStream
{
    public override IReadOnlyList<string> FeatureNames => source.FeatureNames;

    public override bool IsShuffled => source.IsShuffled;

    public override bool IsRandom => source.IsRandom;

    public override IEnumerable<Sample> Read(SamplePass pass, long skip) => Drop(Rows(pass), skip, pass.Cancellation);

    public override string ToString() => $"batches of {source.GetType().Name}";

    private IEnumerable<Sample> Rows(SamplePass pass)
    {
        // A source of somebody else's does not tell whether it shuffles: Skip and Take would take other rows in each epoch, and a split would leak.
        EpochPosition position = pass.Position() with { Shuffle = pass.Shuffle && source.IsShuffled };
        foreach (Batch batch in source.RecycledEpoch(position, new BatchBuffers()))
            for (int r = 0; r < batch.Count; r++)
                yield return Sample.OfRow(batch.InputTensors, batch.TargetTensors, batch.SampleWeights, batch.ClassLabels, r);
    }
}
