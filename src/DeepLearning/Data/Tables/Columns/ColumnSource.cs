namespace DeepLearning;

/// <summary>A column of a table as an encoding reads it: by name, with the type it was fitted to.</summary>
internal sealed record ColumnSource(string Name, TableType Type)
{
    /// <summary>The source of a column to fit, which must have a value somewhere and be of one of these types.</summary>
    /// <exception cref="TableMismatchException">It is not there, is of another type, or has no values.</exception>
    public static ColumnSource ToFit(Table table, string name, Column column, params ReadOnlySpan<TableType> types)
    {
        TableColumn found = table.Find(name) ?? throw Vanished(table, name, "");
        if (found.Type == TableType.Missing || found.Count == found.MissingCount)
            throw new TableMismatchException($"Column '{name}' has no value in any of {table.Count} rows, so that {column} cannot be fitted to it. "
                + "Leave it out.", name);
        if (types.Contains(found.Type)) return new ColumnSource(name, found.Type);
        throw new TableMismatchException(
            $"{column} takes {string.Join(" or ", types.ToArray().Select(CellValue.Name))}, but column '{name}' holds {CellValue.Name(found.Type)}, such as "
                + $"'{Example(found, out int row)}' in {table.At(row)}.",
            name, row);
    }

    /// <summary>The column in another table.</summary>
    /// <exception cref="TableMismatchException">It is not there, or of another type.</exception>
    public TableColumn In(Table table)
    {
        TableColumn column = table.Find(Name) ?? throw Vanished(table, Name, $" of {CellValue.Name(Type)}");
        if (column.Type == Type || column.Type == TableType.Missing) return column;
        throw new TableMismatchException(
            $"Column '{Name}': expected {CellValue.Name(Type)}, as fitted, got {CellValue.Name(column.Type)}, such as '{Example(column, out int row)}' in "
                + $"{table.At(row)}.", Name, row);
    }

    /// <summary>The exception for a missing value that nothing stands in for.</summary>
    public TableMismatchException Missing(Table table, int row) => new(
        $"Column '{Name}', {table.At(row)}: the value is missing, and the encoding has nothing to stand in for it. Give the column one before it is fitted, "
        + "such as missing: Impute.MostFrequent, or drop such rows with table.WithoutMissing(…).", Name, row);

    public void Write(Settings settings) => settings.Set("column", Name).Set("type", Type.ToString());

    public static ColumnSource Read(Settings settings)
    {
        string type = settings.GetString("type");
        return new ColumnSource(settings.GetString("column"), Enum.GetValues<TableType>().Cast<TableType?>().FirstOrDefault(t => t.ToString() == type)
            ?? throw new FormatException($"the type {type} is unknown"));
    }

    private static TableMismatchException Vanished(Table table, string name, string what) => new(
        $"Column '{name}'{what} is not there: the table has {string.Join(", ", table.Columns.Select(c => c.Name))}. A missing value is a null, not a missing "
            + "column.", name);

    private static string Example(TableColumn column, out int row)
    {
        row = 0;
        while (row < column.Count - 1 && column.IsMissing(row)) row++;
        return column.IsMissing(row) ? "" : column.TextAt(row);
    }
}
