using System.Collections;

namespace DeepLearning;

/// <summary>
/// Rows of a data set, a batch at a time; enumerating the sequence again rereads the order. A sequence with buffers gathers into two reused batches, one of
/// full size and one for the remainder, so that training allocates nothing for a batch.
/// </summary>
internal sealed class BatchSequence(Dataset dataset, int batchSize, ReadOnlyMemory<int> order, BatchBuffers? buffers = null) : IEnumerable<Batch>
{
    private readonly ReadOnlyMemory<int> order = order.IsEmpty ? Enumerable.Range(0, dataset.Count).ToArray() : order;

    public IEnumerator<Batch> GetEnumerator()
    {
        for (int start = 0; start < order.Length; start += batchSize)
        {
            int count = Math.Min(batchSize, order.Length - start);
            Batch batch = buffers is null ? Create(count) : count == batchSize ? buffers.Full ??= Create(count) : buffers.Remainder ??= Create(count);
            Gather(batch, order.Span.Slice(start, count));
            yield return batch;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Batch Create(int count) => new(
        [.. dataset.InputTensors.Select(t => Dataset.NewRows(t, count))],
        [.. dataset.TargetTensors.Select(t => Dataset.NewRows(t, count))],
        dataset.SampleWeights is null ? null : Dataset.NewRows(dataset.SampleWeights, count))
    { ClassLabels = dataset.ClassLabels, ClassNames = dataset.ClassNames };

    private void Gather(Batch batch, ReadOnlySpan<int> rows)
    {
        dataset.RequireRows(rows);
        Gather(dataset.InputTensors, batch.InputTensors, rows);
        Gather(dataset.TargetTensors, batch.TargetTensors, rows);
        if (dataset.SampleWeights is not null) batch.SampleWeights!.GatherRows(dataset.SampleWeights, rows);
    }

    private static void Gather(IReadOnlyList<Tensor> from, IReadOnlyList<Tensor> to, ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < from.Count; i++) to[i].GatherRows(from[i], rows);
    }
}
