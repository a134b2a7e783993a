namespace DeepLearning.Data;

/// <summary>How to read a table as a data set: detected from its first rows unless the options decide it.</summary>
internal sealed class TableLayout
{
    private readonly TableRows rows;
    private readonly bool hasHeader;

    public TableLayout(TableText text, CsvOptions options, Marks marks)
    {
        rows = new TableRows(text, options.Separator);
        hasHeader = HeaderChoice.Decide(rows.Sample, rows.Columns, options, marks, text.Path);
        Columns = CsvColumns.Choose(rows.Sample, hasHeader, rows.Columns, options, text.Path);
        if (Columns.Inputs.Length > 0) return;
        throw new DataFormatException($"{text.Path}: no input column is left besides the target; with {Separators.Name(Separator)} as separators "
            + $"(CsvOptions.Separator sets others), the columns are {Columns.All()}.");
    }

    public CsvColumns Columns { get; }

    public char Separator => rows.Separator;

    /// <summary>The rows of data, all as wide as the first.</summary>
    public IEnumerable<TextTable.Row> Rows() => rows.Read(hasHeader);
}
