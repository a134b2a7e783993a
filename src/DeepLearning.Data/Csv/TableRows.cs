namespace DeepLearning.Data;

/// <summary>The rows of a table, all as wide as the first, with what separates their columns.</summary>
internal sealed class TableRows
{
    /// <summary>The number of rows examined before the table is read.</summary>
    public const int SampleRows = 100;

    private readonly TableText text;
    private readonly TableWidth width;

    public TableRows(TableText text, char? separator)
    {
        this.text = text;
        Separator = separator ?? Separators.Find(text);
        Sample = [.. TextTable.Read(text, Separator).Take(SampleRows)];
        if (Sample.Count == 0) throw new DataFormatException($"{text.Path} has no rows of data.");
        if (!TableWidth.TryMeasure(Sample, out width)) width = new TableWidth(Sample[0].Fields.Length, 0);
        for (int r = 0; r < Sample.Count; r++) Require(Sample[r], isFirst: r == 0);
    }

    public char Separator { get; }

    /// <summary>The number of columns.</summary>
    public int Columns => width.Columns;

    /// <summary>The first rows, at least one.</summary>
    public List<TextTable.Row> Sample { get; }

    /// <summary>The rows of data.</summary>
    public IEnumerable<TextTable.Row> Read(bool hasHeader)
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
