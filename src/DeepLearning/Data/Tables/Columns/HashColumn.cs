namespace DeepLearning;

/// <summary>A category as the number of its bucket.</summary>
internal sealed class HashColumn(int buckets, Impute? missing) : Column
{
    public override string ToString() => $"{nameof(Hash)}({buckets}{(missing is null ? "" : $", missing: {missing}")})";

    internal override FittedColumn Fit(Table table, IReadOnlyList<string> columns)
    {
        var fitted = new FittedHash(TextSource.Fit(table, columns[0], this, missing, CategoryColumn.Types), buckets);
        fitted.Indices(table);
        return fitted;
    }
}
