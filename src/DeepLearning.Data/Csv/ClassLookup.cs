namespace DeepLearning.Data;

/// <summary>The labels of known classes.</summary>
/// <param name="classes">Their names, by label.</param>
/// <param name="columns">For messages.</param>
internal sealed class ClassLookup(IReadOnlyList<string> classes, CsvColumns columns)
{
    private const int MostShown = 20;

    private readonly Dictionary<string, int> labelOf = classes.Select((name, label) => (name, label)).ToDictionary(c => c.name, c => c.label);

    /// <summary>The label of a text of the target column.</summary>
    /// <exception cref="DataFormatException">It is none of the classes.</exception>
    public int LabelOf(TargetText target) => labelOf.TryGetValue(target.Text, out int label)
        ? label
        : throw new DataFormatException($"{columns.At(target.Line, columns.Target)}: expected one of the classes "
            + $"{string.Join(", ", classes.Take(MostShown))}{(classes.Count > MostShown ? ", …" : "")}, got '{target.Text}'. {Instead(target)}");

    /// <summary>Whether a text is one of the classes.</summary>
    public bool TryGetLabel(string text, out int label) => labelOf.TryGetValue(text, out label);

    private string Instead(TargetText target)
    {
        string? meant = classes.FirstOrDefault(c => NameForm.Of(c.Trim()) == NameForm.Of(target.Text)
            || (target.IsNumber && DecimalText.TryParse(c, out DecimalText number) && number == target.Number));
        return meant is null ? "Add it to CsvOptions.ClassNames, or drop the row."
            : $"Write '{target.Text}' for '{meant}' in CsvOptions.ClassNames, as the file does.";
    }
}
