namespace DeepLearning.Data;

/// <summary>Which columns of a table are inputs, and which is the target.</summary>
internal sealed class CsvColumns
{
    private readonly string[]? header;
    private readonly ILookup<string, int>? placesOf;
    private readonly int[] ignored;
    private readonly int count, line;
    private readonly bool isGuessed;
    private readonly string path;

    private CsvColumns(string[]? header, int line, int count, CsvOptions options, string path)
    {
        (this.header, this.line, this.count, this.path) = (header, line, count, path);
        isGuessed = options.HasHeader is null;
        placesOf = header is null ? null : Enumerable.Range(0, count).ToLookup(c => header[c]);
        ignored = [];
        ignored = [.. options.Ignore.Select(c => Find(c, places => $"them by position, counted from 0: {Ignoring(places)}"))];
        bool needsIgnore = options.Inputs is null;
        Target = Find(options.Target, places =>
        {
            int target = places.Except(ignored).DefaultIfEmpty(places[^1]).Last();
            return $"it by position, counted from 0: Target = {target}{(needsIgnore ? ", " + Ignoring([.. places.Where(p => p != target)]) : "")}";
        });
        if (ignored.Contains(Target)) throw CsvOptions.Nonsense($"Column {Label(Target)} is the target, but is also to be ignored.");
        if (options.Inputs is null)
        {
            var others = new HashSet<int>(ignored) { Target };
            Inputs = [.. Enumerable.Range(0, count).Where(c => !others.Contains(c))];
            if (header is not null) RequireNoTwins(new ColumnTwins(header, Inputs));
            return;
        }

        Inputs = [.. options.Inputs.Select(c => Find(c, places => $"it by position, counted from 0: Inputs = [{string.Join("] or [", places)}]"))];
        if (Inputs.Contains(Target)) throw CsvOptions.Nonsense($"Column {Label(Target)} is the target, but is also among the inputs.");
        if (Inputs.Intersect(ignored).Any())
            throw CsvOptions.Nonsense($"Column {Label(Inputs.Intersect(ignored).First())} is an input, but is also to be ignored.");
        if (Inputs.Distinct().Count() < Inputs.Length)
            throw CsvOptions.Nonsense($"Column {Label(Inputs.GroupBy(c => c).First(g => g.Count() > 1).Key)} is among the inputs twice.");
    }

    /// <summary>Positions, in the order of the features.</summary>
    public int[] Inputs { get; }

    public int Target { get; }

    /// <summary>The names of the inputs; none without a header.</summary>
    public string[] Names => header is null ? [] : [.. Inputs.Select(c => header[c])];

    /// <summary>The inputs, then the target: names, or positions without a header.</summary>
    public string[] Selected => [.. Inputs.Append(Target).Select(c => header is null ? FormattableString.Invariant($"{c} of {count}") : header[c])];

    /// <param name="rows">The first rows, at least one.</param>
    /// <param name="hasHeader">Whether the first of them names the columns.</param>
    /// <param name="count">The number of columns.</param>
    /// <param name="options">Select the columns.</param>
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

    /// <summary>For messages about a field of the first row, which was assumed to be data unless the options say so.</summary>
    public string OrHeader(int row)
        => header is null && isGuessed && row == line ? " If this row names the columns, set CsvOptions.HasHeader = true first." : "";

    /// <summary>For messages: the option that ignores these columns as well as those already ignored.</summary>
    public string Ignoring(int[] places)
    {
        int[] all = [.. ignored.Union(places).Order()];
        return all.Length <= 20 ? $"Ignore = [{string.Join(", ", all)}]" : $"Ignore with {string.Join(", ", places)} added";
    }

    private string Label(int column) => FormattableString.Invariant($"{column + 1}{(header is null ? "" : $" ('{header[column]}')")}");

    /// <param name="column">By name or place.</param>
    /// <param name="instead">What to select if several columns have the name, from their positions.</param>
    private int Find(CsvColumn column, Func<int[], string> instead)
    {
        if (column is null) throw CsvOptions.Nonsense("A column to select or to ignore is null.");
        if (column.Name is not string name)
        {
            return column.Place < count && column.Place >= -count
                ? column.Place < 0 ? column.Place + count : column.Place
                : throw new DataFormatException($"{path}: column {column} was requested, but the file has {count} columns: "
                    + $"positions are 0 to {count - 1}, or -1 to -{count} from the end.");
        }

        int[] places = [.. placesOf![name]];
        return places.Length switch
        {
            1 => places[0],
            0 => throw new DataFormatException(
                $"{path}, line {line}: no column is named '{name}'; the header has {All()}. Without a header, select columns by position."),
            _ => throw new DataFormatException($"{path}, line {line}: column '{name}' was requested, but columns "
                + $"{string.Join(" and ", places.Select(p => p + 1))} have this name. Select {instead(places)}."),
        };
    }

    /// <summary>The target's twin among the inputs gives the answer away.</summary>
    private void RequireNoTwins(ColumnTwins twins)
    {
        foreach (int column in (int[])[Target, .. ignored])
        {
            int input = twins.Find(column);
            if (input < 0) continue;
            throw new DataFormatException($"{path}, line {line}: column {Label(column)} is {(column == Target ? "the target" : "to be ignored")}, "
                + $"and column {Label(input)} with the same name would be an input. "
                + $"Exclude it with {Ignoring([input])}, or list all inputs in Inputs; positions count from 0.");
        }
    }

    /// <summary>The order of the rows is not a feature.</summary>
    private void RequireNoRowNumbers(List<TextTable.Row> rows, CsvOptions options)
    {
        if (header is null || options.Inputs is not null) return;
        int[] numbers = [.. Inputs.Where(c => RowNumbers.AreIn(header, rows, c))];
        if (numbers.Length == 0) return;
        throw new DataFormatException($"{path}, line {line}, column {Label(numbers[0])}: a column without a name that numbers the rows, "
            + $"as pandas and R write it, would be an input. Exclude it with {Ignoring(numbers)}, or list all inputs in Inputs; positions count from 0.");
    }
}
