namespace DeepLearning.Data;

/// <summary>Data sets from text tables: comma-separated values (RFC 4180), other separators, or columns separated by white space.</summary>
public static class CsvDataset
{
    /// <summary>
    /// Reads a table: one column becomes the targets, the others the inputs [n, features]. Whether there is a header, what separates the columns, and whether
    /// the target is a class or a value is detected unless <paramref name="options"/> decide it; an ambiguous file is refused, with the option that decides.
    /// The data set's <see cref="Dataset.ToString"/> shows what was detected.
    /// </summary>
    /// <param name="path">A file in UTF-8, unless the options or a byte-order mark specify another encoding. Numbers have a decimal point, whatever the
    /// culture.</param>
    /// <param name="options">Null to take the last column as the target, and detect the rest.</param>
    /// <returns>Labels [n] or values [n, 1] as targets, with the names of classes and features.</returns>
    /// <exception cref="DataFormatException">
    /// A field is missing or not a number, rows differ in length, a column or class does not exist, bytes are not text, or the file is not a table or is
    /// ambiguous; with line and column, both from 1.
    /// </exception>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    /// <exception cref="IOException">The file cannot be read: its folder is missing, it is in use, or access is denied.</exception>
    public static Dataset Load(string path, CsvOptions? options = null)
    {
        CsvOptions chosen = options ?? new CsvOptions();
        return TableText.Read(path, file => Read(file, path, chosen));
    }

    /// <summary>
    /// Reads a table row by row, in constant memory, whatever its length: the same table as <see cref="Load"/> reads, opened anew in each epoch. As no row is
    /// kept before training, the options must say what the target is: <see cref="CsvTargets.Values"/>, or the <see cref="CsvOptions.ClassNames"/>. A table
    /// separated by semicolons is read through once when it is opened, until it is clear that no point separates thousands.
    /// </summary>
    /// <param name="path">A file in UTF-8, unless the options or a byte-order mark specify another encoding.</param>
    /// <param name="options">The target, and best also the inputs, by name: a column that is missing later, or was renamed, is an error.</param>
    /// <returns>Samples with inputs [features], and a label or a value [1] as target. What is wrong in a row throws when it is read.</returns>
    /// <exception cref="DataFormatException">The first rows are not such a table, or a point in a table separated by semicolons may separate thousands; while
    /// it is read, a row is not such a table's, with line and column, both from 1.</exception>
    /// <exception cref="ArgumentException">Options contradict each other, or do not say what the target is.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SampleSource Stream(string path, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        var rows = new CsvRows(path, options);
        return SampleSource.Of(rows.Epoch, Path.GetFileName(path)).Named(rows.FeatureNames, options.ClassNames);
    }

    internal static Dataset Read(Stream file, string path, CsvOptions options)
    {
        options.RequireSense();
        var marks = new Marks(options.MissingMarks);
        return TableText.Decode(file, options.Encoding, path, text => Read(new TableLayout(text, options, marks), path, options, marks));
    }

    private static Dataset Read(TableLayout layout, string path, CsvOptions options, Marks marks)
    {
        CsvColumns columns = layout.Columns;
        var inputs = new List<float>();
        var target = new TargetColumn(columns, options, marks);
        ThousandsPoints? points = ThousandsPoints.Of(layout);
        int dropped = 0;
        foreach (TextTable.Row row in layout.Rows())
        {
            points?.Add(row);
            int missing = AddInputs(inputs, row, columns, marks);
            if (missing < 0 && !target.TryAdd(row)) missing = columns.Target;
            if (missing < 0) continue;
            if (options.Missing == CsvMissing.Refuse) throw Missing(row, missing, columns);
            inputs.RemoveRange(target.Count * columns.Inputs.Length, inputs.Count - (target.Count * columns.Inputs.Length));
            dropped++;
        }

        points?.RequireNone();
        if (target.Count > 0) return target.With(Tensor.From(inputs.ToArray(), [target.Count, columns.Inputs.Length]));
        throw new DataFormatException(dropped == 0 ? $"{path} has no rows of data."
            : $"{path} has no rows of data: a value is missing in each of its {dropped} rows, which CsvOptions.Missing drops.");
    }

    /// <summary>The column of the first missing value, after which nothing was added; −1 if there is none.</summary>
    internal static int AddInputs(List<float> inputs, TextTable.Row row, CsvColumns columns, Marks marks)
    {
        foreach (int c in columns.Inputs)
        {
            string text = row.Fields[c];
            bool isNumber = NumberText.TryRead(text, out float value);
            if (isNumber ? marks.ContainsNumber(text) : marks.Contains(text)) return c;
            if (!isNumber) throw NoNumber(row, c, columns);
            if (!NumberText.IsHeld(text, value)) throw NotHeld(row, c, columns);
            inputs.Add(value);
        }

        return -1;
    }

    private static DataFormatException NoNumber(TextTable.Row row, int column, CsvColumns columns)
    {
        string text = row.Fields[column];
        string advice = NumberText.Advice(text) ?? (IsTruth(text) ? "Write 1 for true and 0 for false, or exclude" : "Exclude")
            + $" a column of text with {columns.Ignoring([column])}, positions counted from 0; add a mark of missing values to MissingMarks.";
        return new($"{columns.At(row.Line, column)}: expected a finite number such as 1.5, got '{text}'. {advice}{columns.OrHeader(row.Line)}");
    }

    private static bool IsTruth(string text) => text.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "T" or "F" or "Y" or "N";

    private static DataFormatException NotHeld(TextTable.Row row, int column, CsvColumns columns)
        => new($"{columns.At(row.Line, column)}: {WholeFloats.Refusal(row.Fields[column])}, "
            + "so different ones would become the same. Subtract an offset, such as the first date, or write it in a larger unit with a decimal point; "
            + $"exclude an identifier with {columns.Ignoring([column])}, positions counted from 0.");

    internal static DataFormatException Missing(TextTable.Row row, int column, CsvColumns columns)
    {
        string text = row.Fields[column], mark = text.Length == 0 ? "" : $" ('{text}')";
        bool mayBeClass = column == columns.Target && text.Length > 0;
        string name = mayBeClass ? $" If {text} is a class here, set CsvOptions.MissingMarks without it, to [] for example." : "";
        return new($"{columns.At(row.Line, column)}: the value is missing{mark}. "
            + $"Fill it in, or drop such rows with CsvOptions.Missing = CsvMissing.DropRows.{name}{columns.OrHeader(row.Line)}");
    }
}
