namespace DeepLearning;

/// <summary>A category, as a one-hot row or as an index.</summary>
internal sealed class CategoryColumn(bool isIndex, int? maximum, int minimumCount, Unseen unseen, Impute? missing) : Column
{
    /// <summary>Types that are categories by their text.</summary>
    public static readonly TableType[] Types = [TableType.Text, TableType.Number, TableType.Truth];

    public override string ToString()
    {
        string[] options = [.. Of("maximum", maximum), .. Of("minimumCount", minimumCount == 1 ? null : minimumCount),
            .. unseen == Unseen.Refuse ? (string[])["unseen: Unseen.Refuse"] : [], .. Of("missing", missing)];
        return $"{(isIndex ? nameof(Index) : nameof(OneHot))}({string.Join(", ", options)})";

        static string[] Of(string name, object? value) => value is null ? [] : [$"{name}: {value}"];
    }

    internal override FittedColumn Fit(Table table, IReadOnlyList<string> columns)
    {
        TextSource source = TextSource.Fit(table, columns[0], this, missing, Types);
        string[] values = source.Values(table);
        CategoryList categories = isIndex
            ? CategoryList.ByFrequency(values, source.Type, maximum, minimumCount)
            : CategoryList.Sorted(values, source.Type, maximum, minimumCount);
        var fitted = new CategorySource(source, categories, unseen);
        if (isIndex) return new FittedIndex(fitted);
        bool hasRare = Array.Exists(values, v => categories.Find(v) < 0);
        if (categories.Names.Count == 0)
            throw new TableMismatchException($"Column '{columns[0]}': no category occurs {minimumCount} times, so that {this} would tell no two rows apart.",
                columns[0]);
        return new FittedOneHot(fitted, hasRare);
    }
}
