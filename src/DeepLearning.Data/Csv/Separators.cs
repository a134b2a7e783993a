namespace DeepLearning.Data;

/// <summary>Finds what separates the columns of a table.</summary>
internal static class Separators
{
    private const string Candidates = ",;\t|";

    /// <summary>
    /// The candidate that gives the first rows the same number of columns. If several do, like comma and semicolon in <c>5,1;3,5</c>, or comma and white space
    /// in <c>5,1 3</c>, the one that makes more fields numbers, including those with a decimal comma: a reading that is then refused with the right advice is
    /// better than a wrong one that succeeds.
    /// </summary>
    public static char Find(TableText text)
    {
        var fitting = new List<(char Separator, double Numbers)>();
        string first = "";
        foreach (char candidate in Candidates)
        {
            (List<TextTable.Row> rows, bool whole) = Sample(text, candidate);
            if (rows.Count > 0 && rows[0].Fields.Length > 1) first += candidate;
            if (whole && TableWidth.TryMeasure(rows, out TableWidth width) && width.Columns > 1) fitting.Add((candidate, ShareOfNumbers(rows, candidate != ',')));
        }

        if (fitting.Count == 0) return first.Length > 0 ? first[0] : IsSpaced(text, out _) ? ' ' : ',';
        double most = fitting.Max(f => f.Numbers);
        char[] best = [.. fitting.Where(f => f.Numbers == most).Select(f => f.Separator)];
        if (best is [','])
        {
            double numbers = ShareOfNumbers(Sample(text, ',').Rows, withPunctuation: true);
            return IsSpaced(text, out double spaced) && spaced > numbers ? ' ' : ',';
        }

        if (best.Length == 1) return best[0];
        throw new DataFormatException($"{text.Path}: the columns may be separated by {string.Join(" or by ", best.Select(Name))}; "
            + "set CsvOptions.Separator to the right one.");
    }

    /// <summary>For messages.</summary>
    public static string Name(char separator) => separator switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "vertical bars",
        ' ' => "white space",
        _ => $"'{separator}'",
    };

    private static (List<TextTable.Row> Rows, bool Whole) Sample(TableText text, char separator)
    {
        var rows = new List<TextTable.Row>();
        try
        {
            rows.AddRange(TextTable.Read(text, separator).Take(TableRows.SampleRows));
            return (rows, true);
        }
        catch (DataFormatException)
        {
            return (rows, false);
        }
    }

    /// <summary>White space allows no quotes, so text with quotes is not taken as separated by it.</summary>
    private static bool IsSpaced(TableText text, out double numbers)
    {
        (List<TextTable.Row> rows, _) = Sample(text, ' ');
        numbers = rows.Count > 0 ? ShareOfNumbers(rows, withPunctuation: true) : 0;
        return rows.Count > 0 && rows[0].Fields.Length > 1
            && rows.TrueForAll(r => r.Fields.Length == rows[0].Fields.Length && !r.Fields.Any(f => f.Contains('"')));
    }

    private static double ShareOfNumbers(List<TextTable.Row> rows, bool withPunctuation)
    {
        string[] fields = [.. rows.Skip(rows.Count > 1 ? 1 : 0).SelectMany(r => r.Fields)];
        return (double)fields.Count(f => NumberText.TryRead(f, out _) || (withPunctuation && NumberText.IsPunctuated(f))) / fields.Length;
    }
}
