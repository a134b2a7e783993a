namespace DeepLearning;

/// <summary>A column of categories or sentences, with what stands in for missing ones. Numbers, and true and false, are categories by their text.</summary>
internal sealed class TextSource(ColumnSource source, string? fill)
{
    public string Name => source.Name;

    /// <summary>What the column holds: categories that are numbers are sorted by value.</summary>
    public TableType Type => source.Type;

    /// <summary>A source fitted to a table's column.</summary>
    /// <exception cref="TableMismatchException">It does not hold any of the types, or a value is missing and nothing stands in for it.</exception>
    public static TextSource Fit(Table table, string name, Column column, Impute? missing, params ReadOnlySpan<TableType> types)
    {
        ColumnSource source = ColumnSource.ToFit(table, name, column, types);
        TableColumn found = source.In(table);
        return new TextSource(source, missing?.Of([.. Enumerable.Range(0, found.Count).Where(r => !found.IsMissing(r)).Select(found.TextAt)], name));
    }

    /// <summary>The texts of all rows, with what stands in for missing ones.</summary>
    /// <exception cref="TableMismatchException">The column does not fit, or a value is missing and nothing stands in for it.</exception>
    public string[] Values(Table table)
    {
        TableColumn column = source.In(table);
        var values = new string[column.Count];
        for (int r = 0; r < values.Length; r++) values[r] = column.IsMissing(r) ? fill ?? throw source.Missing(table, r) : column.TextAt(r);
        return values;
    }

    public void Write(Settings settings)
    {
        source.Write(settings);
        if (fill is not null) settings.Set("fill", fill);
    }

    public static TextSource Read(Settings settings) => new(ColumnSource.Read(settings), settings.TextOrNull("fill"));
}
