namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>The first rows, sharing this data set's values.</summary>
    /// <param name="count">How many, 1 … n.</param>
    /// <exception cref="ArgumentOutOfRangeException">No rows would be left, or there are not as many.</exception>
    public Dataset Take(int count)
        => count > 0 && count <= Count
            ? Rows(0, count)
            : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected to take 1 to {Count} rows, got {count}.");

    /// <summary>The rows after the first ones, sharing this data set's values.</summary>
    /// <param name="count">How many to leave out, 0 … n − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No rows would be left.</exception>
    public Dataset Skip(int count)
        => count >= 0 && count < Count
            ? Rows(count, Count - count)
            : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected to skip 0 to {Count - 1} rows, got {count}.");

    /// <summary>A copy of these rows, in this order; a row may come more than once.</summary>
    /// <param name="rows">Row numbers, at least one.</param>
    /// <exception cref="ArgumentException">No rows are asked for.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Dataset Select(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty) throw new ArgumentException("A data set needs at least one row, but none was selected.", nameof(rows));
        RequireRows(rows);
        return new Dataset(this, Gather(Inputs, rows), Gather(Targets, rows), SampleWeights is null ? null : Gather(SampleWeights, rows));
    }

    /// <summary>A copy of the rows for which a condition holds, in their order.</summary>
    /// <example><c>data.Where((x, y) => y.ToScalar() == 3)</c>; for a column, <c>data.Where((x, y) => x[0] > 0.5f)</c>.</example>
    /// <param name="predicate">Told the input […input] and the target […target] of a row: views of the data set's values, to read.</param>
    /// <exception cref="ArgumentException">It holds for no row.</exception>
    public Dataset Where(Func<Tensor, Tensor, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var rows = new List<int>();
        for (int r = 0; r < Count; r++)
            if (predicate(Inputs.RowView(r), Targets.RowView(r))) rows.Add(r);
        return rows.Count > 0
            ? Select(rows.ToArray())
            : throw new ArgumentException($"A data set needs at least one row, but the condition holds for none of {Count}.", nameof(predicate));
    }

    /// <summary>A copy with the rows in random order, every order equally likely.</summary>
    /// <param name="seed">The same seed gives the same order.</param>
    public Dataset Shuffle(Seed seed) => Select(Permutation(seed));

    /// <summary>The rows in batches, the last one with what remains. Each is a copy of its rows, gathered when it is taken, and may be kept.</summary>
    /// <param name="batchSize">Rows a batch, ≥ 1.</param>
    /// <param name="order">Row numbers in the order wanted, read as the batches are taken; empty for all rows as they stand.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is not positive; or, when its batch is taken, there is no such row.</exception>
    public IEnumerable<Batch> Batches(int batchSize, ReadOnlyMemory<int> order = default)
        => batchSize > 0
            ? new BatchSequence(this, batchSize, order, recycles: false)
            : throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"A batch has at least 1 row, got a batch size of {batchSize}.");

    /// <summary>The rows in batches that are filled again and again: one is good until the next is taken, and only one loop at a time takes them.</summary>
    internal IEnumerable<Batch> RecycledBatches(int batchSize, ReadOnlyMemory<int> order = default)
        => new BatchSequence(this, batchSize, order, recycles: true);

    internal void RequireRows(ReadOnlySpan<int> rows)
    {
        int count = Count;
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)count)
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"Expected rows from 0 to {count - 1}, got {row}.");
        }
    }

    private Dataset Rows(int start, int count)
        => new(this, Inputs.RowsView(start, count), Targets.RowsView(start, count), SampleWeights?.RowsView(start, count));

    private static Tensor Gather(Tensor source, ReadOnlySpan<int> rows)
    {
        Tensor gathered = Tensor.AllocateLike(source, null, source.Shape.WithoutFirst().Prepend(rows.Length));
        gathered.GatherRows(source, rows);
        return gathered;
    }

    private int[] Permutation(Seed seed)
    {
        // Streams of its own: data generated from a seed must not decide its own order under the same seed.
        const uint ShuffleStream = 0xDA7A_0001;
        var order = new int[Count];
        new RandomStream(seed, ShuffleStream).FillPermutation(order);
        return order;
    }
}
