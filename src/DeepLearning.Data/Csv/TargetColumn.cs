namespace DeepLearning.Data;

/// <summary>The content of the target column: each distinct text once, with the line it first appears on, and the text of each row.</summary>
internal sealed class TargetColumn(CsvColumns columns, CsvOptions options, Marks marks)
{
    private readonly Dictionary<string, int> placeOf = [];
    private readonly List<TargetText> texts = [];
    private readonly List<int> rows = [];

    public int Count => rows.Count;

    /// <summary>False if the value is missing.</summary>
    public bool TryAdd(TextTable.Row row)
    {
        string text = row.Fields[columns.Target];
        if (!placeOf.TryGetValue(text, out int place))
        {
            if (marks.Contains(text)) return false;
            place = texts.Count;
            texts.Add(new TargetText(text, row.Line));
            placeOf.Add(text, place);
        }

        rows.Add(place);
        return true;
    }

    /// <summary>The data set with these targets.</summary>
    public Dataset With(Tensor inputs)
    {
        bool areClasses = options.Targets is CsvTargets asked ? asked == CsvTargets.Classes
            : options.ClassNames is not null || TargetChoice.AreClasses(texts, rows.Count, columns, options);
        if (!areClasses) return new Dataset(inputs, Tensor.From(Values(), [Count, 1])) { FeatureNames = columns.Names };
        string[] classes = options.ClassNames?.ToArray() ?? Classes();
        int[] labels = Labels(classes);
        return new Dataset(inputs, [.. rows.Select(place => labels[place])]) { FeatureNames = columns.Names, ClassNames = classes };
    }

    private float[] Values()
    {
        float[] values = [.. texts.Select(t => NumberText.TryRead(t.Text, out float value) ? value : throw NoNumber(t))];
        return [.. rows.Select(place => values[place])];
    }

    private DataFormatException NoNumber(TargetText target)
        => new($"{columns.At(target.Line, columns.Target)}: expected a finite number such as 1.5, got '{target.Text}'. "
            + (NumberText.Advice(target.Text) ?? "If these are names of classes, set CsvOptions.Targets = CsvTargets.Classes."));

    private string[] Classes()
    {
        foreach (IGrouping<DecimalText, TargetText> same in texts.Where(t => t.IsNumber).GroupBy(t => t.Number).Where(g => g.Count() > 1))
        {
            TargetText first = same.First(), second = same.ElementAt(1);
            throw new DataFormatException($"{columns.At(second.Line, columns.Target)}: '{second.Text}' is the same number as '{first.Text}' "
                + $"in line {first.Line}, but as class names they differ. Write each class in one way.");
        }

        if (texts.GroupBy(t => NameForm.Of(t.Text)).FirstOrDefault(g => g.Count() > 1) is { } alike)
        {
            TargetText first = alike.First(), second = alike.ElementAt(1);
            throw new DataFormatException($"{columns.At(second.Line, columns.Target)}: '{second.Text}' and '{first.Text}' in line {first.Line} differ only in "
                + "case, invisible characters or Unicode composition, but would be two classes. Write each class in one way; "
                + "if they are two, list all classes in CsvOptions.ClassNames.");
        }

        if (texts.Find(t => t.Text.Contains('\0')) is { } torn)
        {
            throw new DataFormatException(
                $"{columns.At(torn.Line, columns.Target)}: expected the name of a class, got NUL characters; the file is damaged or not text.");
        }

        IEnumerable<TargetText> sorted = !options.SortClasses ? texts
            : texts.TrueForAll(t => t.IsNumber) ? texts.OrderBy(t => t.Number)
            : texts.OrderBy(t => t.Text, StringComparer.Ordinal);
        return [.. sorted.Select(t => t.Text)];
    }

    private int[] Labels(string[] classes)
    {
        var labelOf = new Dictionary<string, int>();
        for (int c = 0; c < classes.Length; c++) labelOf.Add(classes[c], c);
        return [.. texts.Select(t => labelOf.TryGetValue(t.Text, out int label)
            ? label
            : throw new DataFormatException($"{columns.At(t.Line, columns.Target)}: expected one of the classes "
                + $"{string.Join(", ", classes.Take(20))}{(classes.Length > 20 ? ", …" : "")}, got '{t.Text}'. {Instead(t, classes)}"))];
    }

    private static string Instead(TargetText target, string[] classes)
    {
        string? meant = Array.Find(classes, c => NameForm.Of(c.Trim()) == NameForm.Of(target.Text)
            || (target.IsNumber && DecimalText.TryParse(c, out DecimalText number) && number == target.Number));
        return meant is null ? "Add it to CsvOptions.ClassNames, or drop the row."
            : $"Write '{target.Text}' for '{meant}' in CsvOptions.ClassNames, as the file does.";
    }
}
