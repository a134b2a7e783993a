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
        var lookup = new ClassLookup(classes, columns);
        int[] labels = [.. texts.Select(lookup.LabelOf)];
        return new Dataset(inputs, [.. rows.Select(place => labels[place])]) { FeatureNames = columns.Names, ClassNames = classes };
    }

    /// <summary>The number in a text of the target column.</summary>
    /// <exception cref="DataFormatException">It is not a number.</exception>
    public static float ValueOf(TargetText target, CsvColumns columns) => NumberText.TryRead(target.Text, out float value)
        ? value
        : throw new DataFormatException($"{columns.At(target.Line, columns.Target)}: expected a finite number such as 1.5, got '{target.Text}'. "
            + (NumberText.Advice(target.Text) ?? "If these are names of classes, set CsvOptions.Targets = CsvTargets.Classes."));

    private float[] Values()
    {
        float[] values = [.. texts.Select(t => ValueOf(t, columns))];
        return [.. rows.Select(place => values[place])];
    }

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
}
