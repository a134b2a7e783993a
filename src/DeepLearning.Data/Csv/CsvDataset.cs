using System.Globalization;

namespace DeepLearning.Data;

/// <summary>Data sets from tables of text: comma-separated values (RFC 4180), other separators, or columns separated by white space.</summary>
public static class CsvDataset
{
    /// <summary>Reads a table: one column becomes the targets, the others the inputs [n, features].</summary>
    /// <param name="path">A file in UTF-8, with or without a byte-order mark. Numbers have a decimal point, whatever the culture.</param>
    /// <param name="options">Null for a comma-separated file with a header and classes in its last column.</param>
    /// <returns>Labels [n] or values [n, 1] as targets, with the names of classes and features.</returns>
    /// <exception cref="DataFormatException">
    /// A field is missing or no number, rows differ in length, or a column or class is not there; with line and column, both from 1.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Dataset Load(string path, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var reader = new StreamReader(path);
        return Read(reader, path, options ?? new CsvOptions());
    }

    internal static Dataset Read(TextReader reader, string path, CsvOptions options)
    {
        CsvColumns? columns = null;
        var inputs = new List<float>();
        var targets = new List<(int Line, string Text)>();
        foreach (TextTable.Row row in TextTable.Read(reader, options.Separator, path))
        {
            bool header = columns is null && options.HasHeader;
            columns ??= CsvColumns.Choose(row.Fields, options, path);
            if (header) continue;
            foreach (int c in columns.Inputs) inputs.Add(Number(row, c, path));
            string target = row.Fields[columns.Target];
            if (target.Length == 0) throw Missing(row.Line, columns.Target, path, target);
            targets.Add((row.Line, target));
        }

        if (targets.Count == 0) throw new DataFormatException($"{path} has no rows of data.");
        Tensor x = Tensor.From(inputs.ToArray(), [targets.Count, columns!.Inputs.Length]);
        if (options.Targets == CsvTargets.Values)
        {
            float[] values = [.. targets.Select(t => Number(t.Line, columns.Target, t.Text, path))];
            return new Dataset(x, Tensor.From(values, [values.Length, 1])) { FeatureNames = columns.Names };
        }

        string[] classes = options.ClassNames?.ToArray() ?? Classes(targets.Select(t => t.Text), options.SortClasses);
        return new Dataset(x, Labels(targets, classes, columns.Target, path)) { FeatureNames = columns.Names, ClassNames = classes };
    }

    private static string[] Classes(IEnumerable<string> texts, bool sort)
    {
        string[] classes = [.. texts.Distinct()];
        if (!sort) return classes;
        return classes.All(c => TryNumber(c, out _))
            ? [.. classes.OrderBy(c => float.Parse(c, NumberStyles.Float, CultureInfo.InvariantCulture))]
            : [.. classes.Order(StringComparer.Ordinal)];
    }

    private static int[] Labels(List<(int Line, string Text)> targets, string[] classes, int column, string path)
    {
        var labelOf = new Dictionary<string, int>();
        for (int c = 0; c < classes.Length; c++) labelOf.TryAdd(classes[c], c);
        return [.. targets.Select(t => labelOf.TryGetValue(t.Text, out int label)
            ? label
            : throw new DataFormatException(
                $"{path}, line {t.Line}, column {column + 1}: expected one of the classes {string.Join(", ", classes)}, got '{t.Text}'."))];
    }

    private static float Number(TextTable.Row row, int column, string path) => Number(row.Line, column, row.Fields[column], path);

    private static float Number(int line, int column, string text, string path)
    {
        if (TryNumber(text, out float value)) return value;
        if (text is "" or "?" or "NA" or "N/A" or "null" || float.IsNaN(value)) throw Missing(line, column, path, text);
        throw new DataFormatException($"{path}, line {line}, column {column + 1}: expected a finite number such as 1.5, got '{text}'.");
    }

    /// <summary>Whether a text is a finite number; NaN comes out for a text that says so.</summary>
    private static bool TryNumber(string text, out float value)
        => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    private static DataFormatException Missing(int line, int column, string path, string text)
        => new($"{path}, line {line}, column {column + 1}: the value is missing{(text.Length == 0 ? "" : $" ('{text}')")}. Fill or remove such rows first.");
}
