namespace DeepLearning.Data;

/// <summary>How to read a table: detected from its first rows unless the options decide it.</summary>
internal sealed class TableLayout
{
    /// <summary>The number of rows examined before the table is read.</summary>
    public const int SampleRows = 100;

    private readonly TableText text;
    private readonly TableWidth width;
    private readonly bool hasHeader;

    public TableLayout(TableText text, CsvOptions options, Marks marks)
    {
        this.text = text;
        Separator = options.Separator ?? Separators.Find(text);
        List<TextTable.Row> rows = [.. TextTable.Read(text, Separator).Take(SampleRows)];
        if (rows.Count == 0) throw new DataFormatException($"{text.Path} has no rows of data.");
        if (!TableWidth.TryMeasure(rows, out width)) width = new TableWidth(rows[0].Fields.Length, 0);
        for (int r = 0; r < rows.Count; r++) Require(rows[r], isFirst: r == 0);
        hasHeader = HeaderChoice.Decide(rows, width.Columns, options, marks, text.Path);
        Columns = CsvColumns.Choose(rows, hasHeader, width.Columns, options, text.Path);
        if (Columns.Inputs.Length > 0) return;
        throw new DataFormatException($"{text.Path}: no input column is left besides the target; with {Separators.Name(Separator)} as separators "
            + $"(CsvOptions.Separator sets others), the columns are {Columns.All()}.");
    }

    public CsvColumns Columns { get; }

    public char Separator { get; }

    /// <summary>The rows of data, all as wide as the first.</summary>
    public IEnumerable<TextTable.Row> Rows()
    {
        bool isFirst = true;
        foreach (TextTable.Row row in TextTable.Read(text, Separator))
        {
            Require(row, isFirst);
            if (!isFirst || !hasHeader) yield return row;
            isFirst = false;
        }
    }

    private void Require(TextTable.Row row, bool isFirst)
    {
        if (width.Fits(row.Fields, isFirst)) return;
        int expected = width.Columns + width.Trailing, got = row.Fields.Length;
        if (got == expected)
        {
            int extra = Array.FindIndex(row.Fields, width.Columns, f => f.Length > 0);
            throw new DataFormatException($"{text.Path}, line {row.Line}, column {extra + 1}: "
                + $"expected nothing after the last separator, as in the first rows, got '{row.Fields[extra]}'.");
        }

        throw new DataFormatException($"{text.Path}, line {row.Line}, column {Math.Min(expected, got) + 1}: "
            + $"expected {expected} column{(expected == 1 ? "" : "s")} as in the first row, got {got}. "
            + $"The columns are separated by {Separators.Name(Separator)}; CsvOptions.Separator sets others.");
    }
}
