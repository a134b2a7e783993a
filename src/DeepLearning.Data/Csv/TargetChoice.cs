namespace DeepLearning.Data;

/// <summary>Whether a target column holds classes or values, if the options do not say.</summary>
internal static class TargetChoice
{
    /// <summary>Up to this many whole numbers are classes if each occurs twice on average; ages and counts mostly take more.</summary>
    private const int MostClasses = 20;

    private const string Fix = "Set CsvOptions.Targets = CsvTargets.Classes if they are classes, CsvTargets.Values if they are values.";

    /// <param name="texts">The content of the column.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">For messages.</param>
    /// <param name="options">A requested class order implies that texts are classes.</param>
    public static bool AreClasses(List<TargetText> texts, int rows, CsvColumns columns, CsvOptions options)
    {
        TargetText? text = texts.Find(t => !t.IsNumber), number = texts.Find(t => t.IsNumber);
        if (text is not null)
        {
            if (number is not null || texts.TrueForAll(t => NumberText.IsNumberLike(t.Text))) throw NoNumber(text, number, columns);
            return texts.Count <= MostClasses || 2L * texts.Count <= rows || !options.SortClasses ? true : throw TooMany(texts, rows, columns);
        }

        if (!texts.TrueForAll(t => t.Number.IsWhole)) return RequireFloats(texts, columns);
        int different = texts.DistinctBy(t => t.Number).Count();
        if (different <= 2) return different < rows || texts.TrueForAll(t => t.Number.Exponent <= 1) ? true : throw TooFew(texts[0], rows, columns);
        if (2L * different > rows) return RequireFloats(texts, columns);
        if (different <= MostClasses) return true;
        throw new DataFormatException($"{columns.At(texts[0].Line, columns.Target)}: the target has {different} different whole numbers in {rows} rows, "
            + $"which may be classes or values. {Fix}");
    }

    private static DataFormatException TooMany(List<TargetText> texts, int rows, CsvColumns columns)
        => new($"{columns.At(texts[0].Line, columns.Target)}: the target has {texts.Count} different texts in {rows} rows, such as '{texts[0].Text}' and "
            + $"'{texts[1].Text}': row names rather than classes. Set CsvOptions.Target to the column to predict; if these are classes, "
            + "set CsvOptions.Targets = CsvTargets.Classes.");

    private static DataFormatException TooFew(TargetText text, int rows, CsvColumns columns)
        => new($"{columns.At(text.Line, columns.Target)}: {rows} row{(rows == 1 ? "" : "s")} of whole numbers cannot show whether {text.Text} "
            + $"is a class or a value. {Fix}");

    private static DataFormatException NoNumber(TargetText text, TargetText? number, CsvColumns columns)
    {
        string place = columns.At(text.Line, columns.Target);
        string advice = NumberText.Advice(text.Text) is string known ? known + " " : "";
        return number is null
            ? new($"{place}: expected a finite number such as 1.5, got '{text.Text}'. {advice}"
                + "If these are names of classes, set CsvOptions.Targets = CsvTargets.Classes.")
            : new($"{place}: the target is '{text.Text}', but the number {number.Text} in line {number.Line}. {advice}If the text marks a missing value, "
                + "add it to CsvOptions.MissingMarks; if these are names of classes, set CsvOptions.Targets = CsvTargets.Classes.");
    }

    /// <summary>False, for values; but identifiers that share one float32 are never silently merged.</summary>
    private static bool RequireFloats(List<TargetText> texts, CsvColumns columns)
    {
        var textOf = new Dictionary<float, TargetText>();
        foreach (TargetText text in texts)
        {
            if (!NumberText.TryRead(text.Text, out float value)) throw NoNumber(text, null, columns);
            if (!text.Number.IsWhole || textOf.TryAdd(value, text) || textOf[value].Number == text.Number) continue;
            throw new DataFormatException($"{columns.At(text.Line, columns.Target)}: {text.Text} and {textOf[value].Text} in line {textOf[value].Line} "
                + $"are the same float32, which holds whole numbers up to {WholeFloats.Largest}. {Fix}");
        }

        return false;
    }
}
