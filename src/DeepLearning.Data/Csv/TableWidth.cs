namespace DeepLearning.Data;

/// <summary>The number of columns, and of empty fields after them, from separators at the end of each line.</summary>
internal readonly record struct TableWidth(int Columns, int Trailing)
{
    /// <summary>False if rows differ in length. A header may lack the trailing separators that all other rows have.</summary>
    public static bool TryMeasure(IReadOnlyList<TextTable.Row> rows, out TableWidth width)
    {
        width = default;
        if (rows.Count == 0) return false;
        int first = rows[0].Fields.Length, length = rows[^1].Fields.Length, trailing = length - 1;
        for (int r = 1; r < rows.Count; r++)
        {
            if (rows[r].Fields.Length != length) return false;
            trailing = Math.Min(trailing, EmptyAtEnd(rows[r].Fields));
        }

        if (first > length || length - first > trailing) return false;
        trailing = Math.Min(trailing, EmptyAtEnd(rows[0].Fields) + length - first);
        width = new TableWidth(length - trailing, trailing);
        return true;
    }

    /// <summary>Whether a row has these columns, and nothing after them.</summary>
    public bool Fits(string[] fields, bool isFirst)
        => isFirst && fields.Length == Columns || (fields.Length == Columns + Trailing && EmptyAtEnd(fields) >= Trailing);

    private static int EmptyAtEnd(string[] fields)
    {
        int empty = 0;
        while (empty < fields.Length && fields[^(empty + 1)].Length == 0) empty++;
        return empty;
    }
}
