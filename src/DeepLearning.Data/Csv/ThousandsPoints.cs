namespace DeepLearning.Data;

/// <summary>
/// Recognises columns in which a point may separate thousands, as in tables with semicolons and decimal commas: 1.234 and 2.500 beside 950.
/// </summary>
/// <param name="columns">The positions of columns of numbers.</param>
/// <param name="at">For messages: where a line and a column are.</param>
internal sealed class ThousandsPoints(int[] columns, Func<int, int, string> at)
{
    private readonly (TextTable.Row? Grouped, TextTable.Row? Hundreds, bool IsPlain)[] found
        = new (TextTable.Row?, TextTable.Row?, bool)[columns.Length];

    /// <summary>For the numbers of a table; null if no semicolons separate its columns, as they do beside decimal commas.</summary>
    public static ThousandsPoints? Of(TableLayout layout)
        => layout.Separator == ';' ? new ThousandsPoints([.. layout.Columns.Inputs, layout.Columns.Target], layout.Columns.At) : null;

    /// <summary>Adds rows until no other could change the answer.</summary>
    public ThousandsPoints AddAll(IEnumerable<TextTable.Row> rows)
    {
        foreach (TextTable.Row row in rows)
        {
            Add(row);
            if (Array.TrueForAll(found, f => f.IsPlain)) break;
        }

        return this;
    }

    public void Add(TextTable.Row row)
    {
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i].IsPlain) continue;
            ReadOnlySpan<char> digits = row.Fields[columns[i]].AsSpan().TrimStart("+-");
            int point = digits.IndexOf('.');
            ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point], fraction = point < 0 ? "000" : digits[(point + 1)..];
            if (digits.Length == 0 || digits.IndexOfAnyInRange('0', '9') < 0) continue; // Missing
            bool isPlain = whole.Length is 0 or > 3 || whole.ContainsAnyExceptInRange('0', '9')
                || fraction.Length != 3 || fraction.ContainsAnyExceptInRange('0', '9') || (point >= 0 && whole[0] == '0');
            if (isPlain) found[i].IsPlain = true;
            else if (point >= 0) found[i].Grouped ??= row;
            else if (whole.Length == 3) found[i].Hundreds ??= row;
        }
    }

    /// <summary>Throws if a column mixes whole numbers of three digits with numbers that have three decimals, and nothing else.</summary>
    public void RequireNone()
    {
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] is not ({ } grouped, { } hundreds, false)) continue;
            string text = grouped.Fields[columns[i]];
            throw new DataFormatException($"{at(grouped.Line, columns[i])}: beside {hundreds.Fields[columns[i]]} in line {hundreds.Line}, "
                + $"the point in {text} may separate thousands or decimals. Write {text.Replace(".", "", StringComparison.Ordinal)} if it separates thousands; "
                + $"otherwise write all numbers of the column with three decimals, such as {hundreds.Fields[columns[i]]}.000.");
        }
    }
}
