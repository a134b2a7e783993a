namespace DeepLearning.Data;

/// <summary>Whether the first row names the columns.</summary>
internal static class HeaderChoice
{
    /// <param name="rows">The first rows, at least one.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="marks">Missing marks, which may occur among data.</param>
    /// <param name="path">For messages.</param>
    public static bool Decide(List<TextTable.Row> rows, int columns, CsvOptions options, Marks marks, string path)
    {
        string? name = Named(options);
        if (options.HasHeader == false && name is not null)
            throw CsvOptions.Nonsense($"Column '{name}' is selected by name, but the options say that the file has no header; select it by position.");
        if (options.HasHeader is bool asked) return asked;
        if (name is not null) return true;
        string[] first = rows[0].Fields;
        if (rows.Count == 1) return !first.Any(NumberText.IsNumberLike);
        int[] numeric = [.. Enumerable.Range(0, columns).Where(c => HoldsNumbers(rows, c, marks))];
        int text = Array.FindIndex(numeric, c => !NumberText.IsNumberLike(first[c]) && !marks.Contains(first[c]));
        int number = Array.FindIndex(numeric, c => NumberText.IsNumberLike(first[c]));
        if (text >= 0 && number < 0) return true;
        string place = $"{path}, line {rows[0].Line}";
        if (number >= 0 && text < 0)
        {
            if (NumberedHeader.Find(rows, columns, numeric, options) is not string names) return false;
            throw new DataFormatException($"{place}: {names} may name the columns, or be the first row of data. Set CsvOptions.HasHeader to true or false.");
        }

        if (text >= 0)
        {
            throw new DataFormatException($"{place}: '{first[numeric[number]]}' in column {numeric[number] + 1} makes it a row of data, "
                + $"'{first[numeric[text]]}' in column {numeric[text] + 1} a header, since both columns hold numbers below. "
                + "Set CsvOptions.HasHeader to true if it names the columns; otherwise correct the row, and set it to false.");
        }

        // Without a numeric column the file cannot be read either way, and the message about the first input says where.
        if (numeric.Length == 0) return true;
        return numeric.All(c => first[c].Length == 0)
            ? throw new DataFormatException($"{place}: the numeric columns have no name and no value in the first row. "
                + "Set CsvOptions.HasHeader to true or false.")
            : false;
    }

    private static string? Named(CsvOptions options)
        => new[] { options.Target }.Concat(options.Inputs ?? []).Concat(options.Ignore).FirstOrDefault(c => c?.Name is not null)?.Name;

    /// <summary>Whether a column below the first row has only numbers and missing marks, and not only marks.</summary>
    private static bool HoldsNumbers(List<TextTable.Row> rows, int column, Marks marks)
    {
        bool any = false;
        for (int r = 1; r < rows.Count; r++)
        {
            string field = rows[r].Fields[column];
            if (NumberText.IsNumberLike(field)) any = true;
            else if (!marks.Contains(field)) return false;
        }

        return any;
    }
}
