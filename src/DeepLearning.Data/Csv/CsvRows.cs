using System.Runtime.InteropServices;
using System.Text;

namespace DeepLearning.Data;

/// <summary>The rows of a table as samples, read anew in each epoch.</summary>
internal sealed class CsvRows
{
    private readonly string path;
    private readonly CsvOptions options;
    private readonly Marks marks;
    private readonly string[] columns;

    /// <summary>Reads the first rows: what the columns are must not differ in later epochs. Where a point may separate thousands, reads all.</summary>
    public CsvRows(string path, CsvOptions options)
    {
        (this.path, this.options) = (path, options);
        options.RequireSense();
        if (options.ClassNames is null && options.Targets != CsvTargets.Values)
        {
            throw CsvOptions.Nonsense(
                $"A table that is read row by row does not show its targets in advance: set {nameof(CsvOptions.Targets)} = "
                + $"{nameof(CsvTargets)}.{nameof(CsvTargets.Values)} "
                + $"for numbers to predict, or list the classes in {nameof(CsvOptions.ClassNames)}.");
        }

        marks = new Marks(options.MissingMarks);
        using FileStream file = Open();
        TableText text = TableText.Open(file, options.Encoding, path);
        TableLayout layout = Decoded(text, Layout);
        (FeatureNames, columns) = (layout.Columns.Names, layout.Columns.Selected);
        // Only all rows together show it, and an epoch would have trained on them by then.
        ThousandsPoints? points = ThousandsPoints.Of(layout);
        if (points is not null) Decoded(text, _ => points.AddAll(layout.Rows())).RequireNone();
    }

    public IReadOnlyList<string> FeatureNames { get; }

    public IEnumerable<Sample> Epoch(EpochPosition position)
    {
        using FileStream file = Open();
        TableText text = TableText.Open(file, options.Encoding, path);
        TableLayout layout = Decoded(text, Layout);
        if (!layout.Columns.Selected.SequenceEqual(columns))
        {
            throw new DataFormatException(
                $"{path}, line 1: the columns have changed since the table was opened: expected {string.Join(", ", columns)}, got "
                + $"{string.Join(", ", layout.Columns.Selected)}.");
        }

        ClassLookup? classes = options.ClassNames is { } names ? new ClassLookup(names, layout.Columns) : null;
        ThousandsPoints? points = ThousandsPoints.Of(layout);
        var inputs = new List<float>();
        using IEnumerator<TextTable.Row> rows = layout.Rows().GetEnumerator();
        while (Decoded(text, _ => rows.MoveNext()))
        {
            inputs.Clear();
            points?.Add(rows.Current);
            if (Read(rows.Current, layout.Columns, classes, inputs) is { } sample) yield return sample;
        }

        // The file may have changed since it was opened.
        points?.RequireNone();
    }

    /// <summary>Null if a value is missing, and such rows are dropped.</summary>
    private Sample? Read(TextTable.Row row, CsvColumns layout, ClassLookup? classes, List<float> inputs)
    {
        int missing = CsvDataset.AddInputs(inputs, row, layout, marks);
        string target = row.Fields[layout.Target];
        if (missing < 0 && marks.Contains(target)) missing = layout.Target;
        if (missing >= 0) return options.Missing == CsvMissing.Refuse ? throw CsvDataset.Missing(row, missing, layout) : null;
        Tensor x = Tensor.From(CollectionsMarshal.AsSpan(inputs), [inputs.Count]);
        if (classes is null) return new Sample(x, (double)TargetColumn.ValueOf(new TargetText(target, row.Line), layout));
        return new Sample(x, classes.TryGetLabel(target, out int label) ? label : classes.LabelOf(new TargetText(target, row.Line)));
    }

    private FileStream Open()
    {
        if (Directory.Exists(path)) throw new FileNotFoundException($"{path} is a folder; expected the file with the table.", path);
        return ReadableFile.Open(path, seekable: true);
    }

    private TableLayout Layout(TableText text) => new(text, options, marks);

    private static T Decoded<T>(TableText text, Func<TableText, T> read)
    {
        try
        {
            return read(text);
        }
        catch (DecoderFallbackException)
        {
            throw text.Undecodable();
        }
    }
}
