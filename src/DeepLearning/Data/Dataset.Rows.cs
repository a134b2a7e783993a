using System.Runtime.CompilerServices;

namespace DeepLearning;

public sealed partial class Dataset
{
    /// <summary>The first rows, sharing this data set's values.</summary>
    /// <param name="count">How many, 1 … n.</param>
    /// <exception cref="ArgumentOutOfRangeException">No rows would be left, or there are fewer rows.</exception>
    public Dataset Take(int count)
        => count > 0 && count <= Count
            ? Rows(0, count)
            : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected to take 1 to {Count} rows, got {count}.");

    /// <summary>The rows after the first ones, sharing this data set's values.</summary>
    /// <param name="count">The number of rows to skip, 0 … n − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No rows would be left.</exception>
    public Dataset Skip(int count)
        => count >= 0 && count < Count
            ? Rows(count, Count - count)
            : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected to skip 0 to {Count - 1} rows, got {count}.");

    /// <summary>A copy of these rows, in this order; a row may be repeated.</summary>
    /// <param name="rows">Row numbers, at least one.</param>
    /// <exception cref="ArgumentException">No rows are requested.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Dataset Select(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty) throw new ArgumentException("A data set needs at least one row, but none was selected.", nameof(rows));
        RequireRows(rows);
        return new Dataset(this, Gather(inputs, rows), Gather(targets, rows), SampleWeights is null ? null : Gather(SampleWeights, rows));
    }

    /// <summary>A copy of the rows for which a condition holds, in their order.</summary>
    /// <example><c>data.Where((x, y) => y.ToScalar() == 3)</c>; for a column, <c>data.Where((x, y) => x[0] > 0.5f)</c>.</example>
    /// <param name="predicate">Called with the input […input] and the target […target] of each row: read-only views of the data set's values.</param>
    /// <exception cref="ArgumentException">It holds for no row.</exception>
    /// <exception cref="InvalidOperationException">There are several inputs or targets: the condition then takes lists.</exception>
    public Dataset Where(Func<Tensor, Tensor, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        (Tensor x, Tensor y) = (Inputs, Targets);
        return RowsWhere(r => predicate(x.RowView(r), y.RowView(r)), nameof(predicate));
    }

    /// <summary>A copy of the rows of several inputs or targets for which a condition holds, in their order.</summary>
    /// <example><c>data.Where((IReadOnlyList&lt;Tensor&gt; x, IReadOnlyList&lt;Tensor&gt; y) => x[1].ToScalar() >= 18)</c>.</example>
    /// <param name="predicate">Called with the inputs and the targets of each row: read-only views of the data set's values.</param>
    /// <exception cref="ArgumentException">It holds for no row.</exception>
    [OverloadResolutionPriority(-1)] // A condition that reads neither would fit both.
    public Dataset Where(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return RowsWhere(r => predicate(Array.ConvertAll(inputs, t => t.RowView(r)), Array.ConvertAll(targets, t => t.RowView(r))), nameof(predicate));
    }

    /// <summary>A copy with the rows in random order, every order equally likely.</summary>
    /// <param name="seed">The same seed gives the same order.</param>
    public Dataset Shuffle(Seed seed) => Select(Permutation(seed));

    /// <summary>The rows in batches, the last one with the remainder. Each is a copy of its rows, gathered when it is enumerated, and may be kept.</summary>
    /// <param name="batchSize">Rows per batch, ≥ 1.</param>
    /// <param name="order">Row numbers in the desired order, read as the batches are enumerated; empty for all rows in their order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is not positive; or, when its batch is enumerated, there is no such row.</exception>
    public IEnumerable<Batch> Batches(int batchSize, ReadOnlyMemory<int> order = default)
        => batchSize > 0
            ? new BatchSequence(this, batchSize, order)
            : throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"A batch has at least 1 row, got a batch size of {batchSize}.");

    internal void RequireRows(ReadOnlySpan<int> rows)
    {
        int count = Count;
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)count)
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"Expected rows from 0 to {count - 1}, got {row}.");
        }
    }

    /// <summary>Room for this many rows of a tensor.</summary>
    internal static Tensor NewRows(Tensor like, int rows) => Tensor.AllocateLike(like, null, like.Shape.WithoutFirst().Prepend(rows));

    private Dataset RowsWhere(Func<int, bool> holds, string parameterName)
    {
        int[] rows = [.. Enumerable.Range(0, Count).Where(holds)];
        return rows.Length > 0
            ? Select(rows)
            : throw new ArgumentException($"A data set needs at least one row, but the condition holds for none of {Count}.", parameterName);
    }

    private Dataset Rows(int start, int count) => new(
        this, Array.ConvertAll(inputs, t => t.RowsView(start, count)), Array.ConvertAll(targets, t => t.RowsView(start, count)),
        SampleWeights?.RowsView(start, count));

    private static Tensor[] Gather(Tensor[] sources, ReadOnlySpan<int> rows)
    {
        var gathered = new Tensor[sources.Length];
        for (int i = 0; i < sources.Length; i++) gathered[i] = Gather(sources[i], rows);
        return gathered;
    }

    private static Tensor Gather(Tensor source, ReadOnlySpan<int> rows)
    {
        Tensor gathered = NewRows(source, rows.Length);
        gathered.GatherRows(source, rows);
        return gathered;
    }

    private int[] Permutation(Seed seed)
    {
        // Separate streams: data generated from a seed must not determine its own order under the same seed.
        const uint ShuffleStream = 0xDA7A_0001;
        var order = new int[Count];
        new RandomStream(seed, ShuffleStream).FillPermutation(order);
        return order;
    }
}
