namespace DeepLearning;

/// <summary>A column of numbers, or of true and false as 1 and 0, with what stands in for missing ones.</summary>
internal sealed class NumberSource(ColumnSource source, double? fill)
{
    public string Name => source.Name;

    /// <summary>A source fitted to a table's column.</summary>
    /// <exception cref="TableMismatchException">It does not hold numbers, or one is missing and nothing stands in for it.</exception>
    public static NumberSource Fit(Table table, string name, Column column, Impute? missing)
    {
        ColumnSource source = ColumnSource.ToFit(table, name, column, TableType.Number, TableType.Truth);
        return new NumberSource(source, missing?.Of(Present(source, table), name));
    }

    /// <summary>The values that are there.</summary>
    public double[] Present(Table table) => Present(source, table);

    /// <summary>The values of all rows, with what stands in for missing ones.</summary>
    /// <exception cref="TableMismatchException">The column does not fit, or a value is missing and nothing stands in for it.</exception>
    public double[] Values(Table table)
    {
        TableColumn column = source.In(table);
        var values = new double[column.Count];
        for (int r = 0; r < values.Length; r++) values[r] = column.IsMissing(r) ? fill ?? throw source.Missing(table, r) : column.NumberAt(r);
        return values;
    }

    /// <summary>Whether each row's value is missing.</summary>
    public bool[] AreMissing(Table table)
    {
        TableColumn column = source.In(table);
        return [.. Enumerable.Range(0, column.Count).Select(column.IsMissing)];
    }

    public void Write(Settings settings)
    {
        source.Write(settings);
        if (fill is double number) settings.Set("fill", number);
    }

    public static NumberSource Read(Settings settings) => new(ColumnSource.Read(settings), settings.Has("fill") ? settings.GetDouble("fill") : null);

    private static double[] Present(ColumnSource source, Table table)
    {
        TableColumn column = source.In(table);
        return [.. Enumerable.Range(0, column.Count).Where(r => !column.IsMissing(r)).Select(column.NumberAt)];
    }
}
