namespace DeepLearning;

/// <content>Some of the rows, or of the columns.</content>
public sealed partial class Table
{
    /// <summary>Shuffles and splits: a fraction of the rows for testing, the others for training; the same rows as <see cref="Dataset.Split"/>.</summary>
    /// <param name="testFraction">The fraction to test on, between 0 and 1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <param name="stratify">A column of classes, each of which keeps its proportion on both sides; none by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">One side would have no rows, or there is no such column.</exception>
    public (Table Train, Table Test) Split(double testFraction, Seed seed = default, string? stratify = null)
        => Chosen(Numbered(stratify).Split(testFraction, seed, stratified: stratify is not null));

    /// <summary>The rows in random order, as <see cref="Dataset.Shuffle"/> orders them.</summary>
    /// <param name="seed">The same seed gives the same order.</param>
    public Table Shuffle(Seed seed) => Select(Numbered(null).Shuffle(seed).Inputs.AsIntegers());

    /// <summary>The first rows.</summary>
    /// <param name="count">How many, 0 … n.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows.</exception>
    public Table Take(int count) => Select([.. Enumerable.Range(0, Within(count))]);

    /// <summary>The rows after the first ones.</summary>
    /// <param name="count">The number of rows to skip, 0 … n.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows.</exception>
    public Table Skip(int count) => Select([.. Enumerable.Range(Within(count), Count - count)]);

    /// <summary>These rows, in this order; a row may be repeated.</summary>
    /// <param name="rows">Row numbers, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table Select(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
            if ((uint)row >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(rows), row, $"Expected rows from 0 to {Count - 1}, got {row}.");
        int[] chosen = rows.ToArray();
        return new Table(Array.ConvertAll(columns, c => c.Select(chosen)), Source, lines is null ? null : Array.ConvertAll(chosen, r => lines[r]));
    }

    /// <summary>The rows that have a value in all these columns: <c>houses.WithoutMissing("price")</c>.</summary>
    /// <param name="names">Columns; none for all columns.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public Table WithoutMissing(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        TableColumn[] required = names.Length == 0 ? columns : Array.ConvertAll(names, n => this[n]);
        return Select([.. Enumerable.Range(0, Count).Where(r => !required.Any(c => c.IsMissing(r)))]);
    }

    /// <summary>The table with a column more, or with another in the place of the one that has its name.</summary>
    /// <param name="column">As many rows.</param>
    /// <exception cref="ArgumentException">The number of rows differs.</exception>
    public Table With(TableColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        TableColumn[] all = Find(column.Name) is null ? [.. columns, column] : Array.ConvertAll(columns, c => c.Name == column.Name ? column : c);
        return new Table(all, Source, lines);
    }

    /// <summary>The table without some columns.</summary>
    /// <param name="names">Not all.</param>
    /// <exception cref="ArgumentException">There is no such column, or none is left.</exception>
    public Table Without(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        HashSet<TableColumn> dropped = [.. names.Select(n => this[n])];
        return new Table([.. columns.Where(c => !dropped.Contains(c))], Source, lines);
    }

    /// <summary>The row numbers as a data set, which chooses among them; its labels are the classes of a column.</summary>
    private Dataset Numbered(string? classes)
    {
        var labels = new int[Count];
        var known = new Dictionary<string, int>();
        if (classes is not null)
        {
            TableColumn column = this[classes];
            for (int r = 0; r < Count; r++)
            {
                string text = column.IsMissing(r) ? "" : column.TextAt(r);
                if (!known.TryGetValue(text, out labels[r])) known.Add(text, labels[r] = known.Count);
            }
        }

        return new Dataset(Tensor.FromIndices([.. Enumerable.Range(0, Count)]), labels) { ClassNames = [.. known.Keys] };
    }

    private (Table Train, Table Test) Chosen((Dataset Train, Dataset Test) rows)
        => (Select(rows.Train.Inputs.AsIntegers()), Select(rows.Test.Inputs.AsIntegers()));

    private int Within(int count)
        => (uint)count <= (uint)Count ? count : throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 0 to {Count} rows, got {count}.");
}
