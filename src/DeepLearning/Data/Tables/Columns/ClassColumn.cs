namespace DeepLearning;

/// <summary>A class to predict.</summary>
internal sealed class ClassColumn(IReadOnlyList<string> classes) : Column
{
    public override string ToString() => $"{nameof(Class)}({string.Join(", ", classes.Select(c => $"\"{c}\""))})";

    internal override FittedColumn Fit(Table table, IReadOnlyList<string> columns)
    {
        TextSource source = TextSource.Fit(table, columns[0], this, missing: null, CategoryColumn.Types);
        string[] values = source.Values(table);
        CategoryList list = classes.Count > 0 ? new CategoryList(classes) : CategoryList.Sorted(values, source.Type, maximum: null, minimumCount: 1);
        if (list.Names.Count < 2)
            throw new TableMismatchException($"Column '{columns[0]}' holds the single class {list} in {table.Count} rows; a model learns to tell two apart at "
                + "least.", columns[0]);
        var fitted = new FittedClass(new CategorySource(source, list, Unseen.Refuse));
        fitted.Indices(table);
        return fitted;
    }
}
