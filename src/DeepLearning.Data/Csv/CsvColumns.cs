namespace DeepLearning.Data;

/// <summary>Which columns of a table are inputs, and which is the target.</summary>
internal sealed class CsvColumns
{
    private readonly string[]? header;
    private readonly int count, line;
    private readonly string path;

    private CsvColumns(string[]? header, int line, int count, CsvOptions options, string path)
    {
        (this.header, this.line, this.count, this.path) = (header, line, count, path);
        Target = Find(options.Target);
        int[] ignored = [.. options.Ignore.Select(Find)];
        if (ignored.Contains(Target)) throw CsvOptions.Nonsense($"Column {Label(Target)} is the target, and is to be ignored as well.");
        if (options.Inputs is null)
        {
            Inputs = [.. Enumerable.Range(0, count).Where(c => c != Target && !ignored.Contains(c))];
            foreach (int c in (int[])[Target, .. ignored]) RequireNoTwin(c, c == Target ? "the target" : "to be ignored");
            return;
        }

        Inputs = [.. options.Inputs.Select(Find)];
        if (Inputs.Contains(Target)) throw CsvOptions.Nonsense($"Column {Label(Target)} is the target, and among the inputs as well.");
        if (Inputs.Intersect(ignored).Any())
            throw CsvOptions.Nonsense($"Column {Label(Inputs.Intersect(ignored).First())} is an input, and is to be ignored as well.");
        if (Inputs.Distinct().Count() < Inputs.Length)
            throw CsvOptions.Nonsense($"Column {Label(Inputs.GroupBy(c => c).First(g => g.Count() > 1).Key)} is among the inputs twice.");
    }

    /// <summary>Places, in the order of the features.</summary>
    public int[] Inputs { get; }

    public int Target { get; }

    /// <summary>The names of the inputs; none without a header.</summary>
    public string[] Names => header is null ? [] : [.. Inputs.Select(c => header[c])];

    /// <param name="rows">The first rows, at least one.</param>
    /// <param name="hasHeader">Whether the first of them names the columns.</param>
    /// <param name="count">Fields that count in each row.</param>
    /// <param name="options">Choose the columns.</param>
    /// <param name="path">For messages.</param>
    public static CsvColumns Choose(List<TextTable.Row> rows, bool hasHeader, int count, CsvOptions options, string path)
    {
        var columns = new CsvColumns(hasHeader ? rows[0].Fields[..count] : null, rows[0].Line, count, options, path);
        columns.RequireNoRowNumbers(rows, options);
        return columns;
    }

    /// <summary>For messages: the file, the line and the column, both from 1, and the column's name.</summary>
    public string At(int row, int column) => $"{path}, line {row}, column {Label(column)}";

    /// <summary>For messages: all columns by name, or how many there are.</summary>
    public string All() => header is not null ? string.Join(", ", header) : FormattableString.Invariant($"{count} without names");

    private string Label(int column) => FormattableString.Invariant($"{column + 1}{(header is null ? "" : $" ('{header[column]}')")}");

    private int Find(CsvColumn column)
    {
        if (column is null) throw CsvOptions.Nonsense("A column to choose or to ignore is null.");
        if (column.Name is not string name)
        {
            return column.Place < count && column.Place >= -count
                ? column.Place < 0 ? column.Place + count : column.Place
                : throw new DataFormatException($"{path}: column {column} is asked for, but the file has {count} columns: "
                    + $"places go from 0 to {count - 1}, or from -1 to -{count} from the end.");
        }

        int[] places = [.. Enumerable.Range(0, count).Where(c => header![c] == name)];
        return places.Length switch
        {
            1 => places[0],
            0 => throw new DataFormatException(
                $"{path}, line {line}: no column is named '{name}'; the header has {All()}. Without a header, ask for columns by place."),
            _ => throw new DataFormatException($"{path}, line {line}: column '{name}' is asked for, but columns "
                + $"{string.Join(" and ", places.Select(p => p + 1))} have this name. Ask for them by place, counted from 0, as in Ignore = [{places[^1]}]."),
        };
    }

    /// <summary>
    /// The target's twin among the inputs gives the answer away; case, white space and the number that pandas appends (price.1) make no other name of it.
    /// </summary>
    private void RequireNoTwin(int column, string role)
    {
        if (header is null || header[column].Length == 0) return;
        int twin = Array.FindIndex(Inputs, c => AreTwins(header[c], header[column]));
        if (twin < 0) return;
        int input = Inputs[twin];
        throw new DataFormatException($"{path}, line {line}: column {Label(column)} is {role}, and column {Label(input)} with the same name "
            + $"would be an input. Leave it out with Ignore = [{input}], or name all inputs in Inputs; places count from 0.");
    }

    /// <summary>pandas and R write the number of each row in front of it, under no name: the order of the rows is no feature.</summary>
    private void RequireNoRowNumbers(List<TextTable.Row> rows, CsvOptions options)
    {
        if (header is null || options.Inputs is not null || header[0] is not ("" or "Unnamed: 0") || !Inputs.Contains(0) || rows.Count < 3) return;
        if (!NumberText.TryRead(rows[1].Fields[0], out float start) || start is not (0f or 1f)) return;
        for (int r = 1; r < rows.Count; r++)
        {
            if (!NumberText.TryRead(rows[r].Fields[0], out float number) || number != start + r - 1) return;
        }

        throw new DataFormatException($"{path}, line {line}, column 1: a column without a name that numbers the rows, as pandas and R write it, "
            + "would be an input. Leave it out with Ignore = [0], or name all inputs in Inputs.");
    }

    private static bool AreTwins(string one, string other)
    {
        (one, other) = (Squeezed(one), Squeezed(other));
        return Same(one, other) || Same(Unnumbered(one), other) || Same(one, Unnumbered(other));
    }

    private static bool Same(string one, string other) => one.Length > 0 && one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Unnumbered(string name) => name.TrimEnd("0123456789".ToCharArray()) is [.. string bare, '.'] ? bare : name;

    private static string Squeezed(string name) => string.Concat(name.Where(c => !char.IsWhiteSpace(c)));
}
