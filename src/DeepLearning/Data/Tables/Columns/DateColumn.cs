namespace DeepLearning;

/// <summary>A date as some of its parts.</summary>
internal sealed class DateColumn(DateParts parts) : Column
{
    public override string ToString() => $"{nameof(Date)}({string.Join(" | ", parts.ToString().Split(", "))})";

    internal override FittedColumn Fit(Table table, IReadOnlyList<string> columns)
    {
        ColumnSource source = ColumnSource.ToFit(table, columns[0], this, TableType.Date);
        DateTime[] dates = FittedDate.Values(source, table);
        return new FittedDate(source, parts,
            ScaledColumn.OfMoments(Array.ConvertAll(dates, d => (double)d.Year)), ScaledColumn.OfMoments(Array.ConvertAll(dates, FittedDate.Days)));
    }
}
