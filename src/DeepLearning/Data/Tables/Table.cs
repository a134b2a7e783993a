namespace DeepLearning;

/// <summary>
/// Raw rows as people have them: columns by name, of numbers, text, dates, true and false, each value possibly missing. Immutable. <see cref="TableEncoder"/>
/// makes tensors of it; <c>CsvTable.Load</c> of the package DeepLearning.Data reads one from a file.
/// </summary>
/// <example>
/// <code>
/// Table flats = Table.FromRows(["city", "rooms", "rent"], [["Bern", 2, 1400], ["Chur", null, 1250]]);
/// </code>
/// </example>
public sealed partial class Table
{
    private readonly TableColumn[] columns;
    private readonly Dictionary<string, TableColumn> byName = [];
    private readonly int[]? lines;

    /// <summary>A table of these columns.</summary>
    /// <param name="columns">At least one, all of the same length, with different names.</param>
    /// <exception cref="ArgumentException">There is none, two have one name, or they differ in length.</exception>
    public Table(IReadOnlyList<TableColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0) throw new ArgumentException("A table needs at least one column.", nameof(columns));
        this.columns = [.. columns];
        foreach (TableColumn column in this.columns)
        {
            ArgumentNullException.ThrowIfNull(column, nameof(columns));
            if (!byName.TryAdd(column.Name, column)) throw new ArgumentException($"Two columns are named '{column.Name}'.", nameof(columns));
            if (column.Count != this.columns[0].Count)
            {
                throw new ArgumentException(
                    $"Column '{this.columns[0].Name}' has {this.columns[0].Count} rows, but column '{column.Name}' has {column.Count}.", nameof(columns));
            }
        }
    }

    /// <summary>A table read from a file, for messages that say where a value stands.</summary>
    /// <param name="columns">At least one, all of the same length, with different names.</param>
    /// <param name="source">The file.</param>
    /// <param name="lines">The line of each row, from 1.</param>
    /// <exception cref="ArgumentException">There is no column, two have one name, or they and the lines differ in length.</exception>
    public Table(IReadOnlyList<TableColumn> columns, string source, IReadOnlyList<int> lines) : this(columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count != Count) throw new ArgumentException($"Expected the lines of {Count} rows, got {lines.Count}.", nameof(lines));
        (Source, this.lines) = (source, [.. lines]);
    }

    private Table(TableColumn[] columns, string? source, int[]? lines) : this(columns) => (Source, this.lines) = (source, lines);

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<TableColumn> Columns => columns;

    /// <summary>The number of rows; may be 0.</summary>
    public int Count => columns[0].Count;

    /// <summary>The file that it was read from; null if it was made in memory.</summary>
    public string? Source { get; }

    /// <summary>The type of each column by name: with <c>CsvTableOptions.Types</c>, a second file is read as this one was.</summary>
    public IReadOnlyDictionary<string, TableType> Types => columns.ToDictionary(c => c.Name, c => c.Type);

    /// <summary>A column.</summary>
    /// <param name="name">Its name, case included.</param>
    /// <exception cref="ArgumentException">There is no such column; the message lists all.</exception>
    public TableColumn this[string name] => Find(name)
        ?? throw new ArgumentException($"No column is named '{name}'; the table has {string.Join(", ", columns.Select(c => c.Name))}.", nameof(name));

    /// <summary>Rows of values in the order of the columns.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <param name="rows">A value or null for each column, in every row; types as in <see cref="TableColumn.Of"/>.</param>
    /// <exception cref="ArgumentException">A row has another number of values.</exception>
    /// <exception cref="TableMismatchException">The values of a column differ in type, or no table can hold one.</exception>
    public static Table FromRows(IReadOnlyList<string> names, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(rows);
        IReadOnlyList<object?>[] all = [.. rows];
        int wrong = Array.FindIndex(all, r => r is null || r.Count != names.Count);
        if (wrong >= 0) throw new ArgumentException($"Expected {names.Count} values in each row, got {all[wrong]?.Count ?? 0} in row {wrong}.", nameof(rows));
        return new Table([.. names.Select((name, c) => TableColumn.Of(name, all.Select(row => row[c])))]);
    }

    /// <summary>Rows by the names of their columns, such as objects of JSON. All have the names of the first, in any order.</summary>
    /// <param name="rows">At least one. A missing value is a null, not a missing name.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    /// <exception cref="TableMismatchException">A row lacks a name or has one more, the values of a column differ in type, or no table can hold
    /// one.</exception>
    public static Table FromRows(IEnumerable<IReadOnlyDictionary<string, object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        IReadOnlyDictionary<string, object?>[] all = [.. rows];
        if (all.Length == 0) throw new ArgumentException("Expected at least one row, which names the columns.", nameof(rows));
        string[] names = [.. all[0].Keys];
        for (int r = 1; r < all.Length; r++)
        {
            string? odd = names.FirstOrDefault(n => !all[r].ContainsKey(n)) ?? all[r].Keys.FirstOrDefault(n => !all[0].ContainsKey(n));
            if (odd is not null)
                throw new TableMismatchException($"Rows 0 and {r} differ: only one of them has '{odd}'. Give all the same names, with null where a value is "
                    + "missing.", odd, r);
        }

        return new Table([.. names.Select(name => TableColumn.Of(name, all.Select(row => row[name])))]);
    }

    /// <summary>A column for each function of an object: <c>Table.From(flats, ("city", f => f.City), ("age", f => f.Age))</c>.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="items">A row each.</param>
    /// <param name="columns">The name of each column, and what it takes from an object; types as in <see cref="TableColumn.Of"/>.</param>
    /// <exception cref="ArgumentException">There is no column, or two have one name.</exception>
    /// <exception cref="TableMismatchException">The values of a column differ in type, or no table can hold one.</exception>
    public static Table From<T>(IEnumerable<T> items, params (string Name, Func<T, object?> Value)[] columns)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(columns);
        T[] all = [.. items];
        return new Table([.. columns.Select(c => TableColumn.Of(c.Name, all.Select(c.Value)))]);
    }

    /// <summary>For example <c>Table: 768 rows, 2 columns (city: text; age: numbers, 3 of 768 missing)</c>.</summary>
    public override string ToString()
        => $"Table: {Count} row{(Count == 1 ? "" : "s")}, {columns.Length} column{(columns.Length == 1 ? "" : "s")} "
            + $"({string.Join("; ", columns.Take(20))}{(columns.Length > 20 ? "; …" : "")})";

    /// <summary>A column, or null.</summary>
    internal TableColumn? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return byName.GetValueOrDefault(name);
    }

    /// <summary>For messages: where a row stands.</summary>
    internal string At(int row) => lines is null ? $"row {row}" : $"{Source}, line {lines[row]}";
}
