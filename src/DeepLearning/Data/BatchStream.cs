namespace DeepLearning;

/// <summary>A sequence of batches as a source. It can only be enumerated from the start.</summary>
internal sealed class BatchStream(IEnumerable<Batch> batches) : BatchSource
{
    public override IEnumerable<Batch> Epoch(EpochPosition position)
    {
        int dropped = 0;
        long rows = 0;
        foreach (Batch? batch in batches)
        {
            if (dropped < position.Batches)
            {
                dropped++;
                rows += batch?.Count ?? 0;
                continue;
            }

            Require();
            yield return batch!;
        }

        Require();

        void Require()
        {
            if (dropped == position.Batches && (dropped == 0 || rows == position.Samples)) return;
            throw new InvalidOperationException(
                $"The checkpoint stands after {position.Batches} batches with {position.Samples} samples of an epoch, but the stream begins with {dropped} batches "
                + $"with {rows} samples: a run resumes only with the same batches.");
        }
    }

    internal override void Describe(StateWriter run, bool shuffles) => run.Write("Rows", "a stream");
}
