namespace DeepLearning.Data;

/// <summary>Tables of raw columns from text: comma-separated values (RFC 4180), other separators, or columns separated by white space.</summary>
public static class CsvTable
{
    /// <summary>
    /// Reads all columns of a table with their types. A column is numbers, ISO dates, or true and false if all of its values are, and otherwise text, nothing
    /// of which is lost: a column in which a number begins with a 0, such as 01067, or has more than 15 digits is text. A column most of whose values are
    /// numbers is refused if another is not, with the place and the fix.
    /// </summary>
    /// <param name="path">A file in UTF-8, unless the options or a byte-order mark specify another encoding. Numbers have a decimal point, whatever the
    /// culture.</param>
    /// <param name="options">Null to detect everything; the table's <see cref="Table.ToString"/> shows what was detected.</param>
    /// <exception cref="DataFormatException">
    /// Rows differ in length, two columns have one name, a value is not of its column's type, bytes are not text, or the file is not a table or is ambiguous;
    /// with line and column, both from 1.
    /// </exception>
    /// <exception cref="ArgumentException">An option makes no sense, such as a format of dates with a time zone.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    /// <exception cref="IOException">The file cannot be read: its folder is missing, it is in use, or access is denied.</exception>
    public static Table Load(string path, CsvTableOptions? options = null)
    {
        CsvTableOptions chosen = options ?? new CsvTableOptions();
        if (chosen.MissingMarks is null) throw CsvOptions.Nonsense($"{nameof(CsvTableOptions.MissingMarks)} must not be null; omit it for the usual ones.");
        try
        {
            return TableText.Read(path, file => TableText.Decode(file, chosen.Encoding, path, text => Read(text, path, chosen)));
        }
        catch (DataFormatException e) when (e.Message.Contains(nameof(CsvOptions), StringComparison.Ordinal))
        {
            // The reader is that of CsvDataset, whose messages name its options; these here have the same names.
            throw new DataFormatException(e.Message.Replace($"{nameof(CsvOptions)}.", $"{nameof(CsvTableOptions)}.", StringComparison.Ordinal), e);
        }
    }

    private static Table Read(TableText text, string path, CsvTableOptions options)
    {
        var marks = new Marks(options.MissingMarks);
        var dates = new DateText(options.DateFormat);
        var rows = new TableRows(text, options.Separator);
        bool hasHeader = HeaderChoice.Decide(rows.Sample, rows.Columns, new CsvOptions { HasHeader = options.HasHeader }, marks, path);
        string[] names = Names(rows, hasHeader, path, options);
        TextTable.Row[] all = [.. rows.Read(hasHeader)];
        if (all.Length == 0) throw new DataFormatException($"{path} has no rows of data.");
        TableColumn[] columns = [.. names.Select((name, c) => new TypedColumn(path, name, c, marks, dates, options).Read(all))];
        if (rows.Separator == ';')
        {
            int[] numbers = [.. Enumerable.Range(0, columns.Length).Where(c => columns[c].Type == TableType.Number)];
            var points = new ThousandsPoints(numbers, (line, column) => $"{path}, line {line}, column {column + 1} ('{names[column]}')");
            foreach (TextTable.Row row in all) points.Add(row);
            points.RequireNone();
        }

        return new Table(columns, path, Array.ConvertAll(all, r => r.Line));
    }

    private static string[] Names(TableRows rows, bool hasHeader, string path, CsvTableOptions options)
    {
        string[] names = options.Names is { } given ? [.. given]
            : [.. Enumerable.Range(0, rows.Columns).Select(c => !hasHeader ? $"c{c}" : rows.Sample[0].Fields[c] is { Length: > 0 } name ? name
                : $"Unnamed: {c}")];
        if (names.Length != rows.Columns) throw new DataFormatException($"{path} has {rows.Columns} columns, but CsvTableOptions.Names has {names.Length}.");
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DataFormatException($"{path}, line {rows.Sample[0].Line}: {twice.Count()} columns are named '{twice.Key}'; give others in "
                + "CsvTableOptions.Names.");
        string? unknown = options.Types?.Keys.FirstOrDefault(name => !names.Contains(name));
        return unknown is null ? names
            : throw new DataFormatException($"{path}: CsvTableOptions.Types names the column '{unknown}', but the file has {string.Join(", ", names)}.");
    }
}
