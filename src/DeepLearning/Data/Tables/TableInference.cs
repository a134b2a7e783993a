namespace DeepLearning;

/// <summary>What a column most likely is, from its type and its values; in doubt, nothing.</summary>
internal static class TableInference
{
    /// <summary>Up to this many different texts are categories if each occurs twice on average.</summary>
    private const int MostCategories = 32;

    /// <summary>Up to this many whole numbers are classes if each occurs twice on average, as <c>CsvDataset</c> decides.</summary>
    private const int MostClasses = 20;

    /// <summary>An input.</summary>
    public static EncoderEntry Input(TableColumn column)
    {
        bool hasMissing = column.MissingCount > 0;
        string name = column.Name, without = $"or leave it out by .Without(\"{name}\")";
        switch (column.Type)
        {
            case TableType.Number when NumbersRows(column):
                return Doubtful($"numbers the rows, which are no feature of them: leave it out by .Without(\"{name}\"), or take it by .With(\"{name}\", "
                    + "Column.Standard())");
            case TableType.Number:
                return new([name], hasMissing ? Column.Standard(Impute.Mean, missingFlag: true) : Column.Standard());
            case TableType.Truth:
                return new([name], hasMissing ? Column.PassThrough(Impute.MostFrequent, missingFlag: true) : Column.PassThrough());
            case TableType.Date when hasMissing:
                return Doubtful($"holds dates, some of them missing: drop those rows by table.WithoutMissing(\"{name}\") and write .With(\"{name}\", "
                    + $"Column.Date()), {without}");
            case TableType.Date:
                bool hasTime = Enumerable.Range(0, column.Count).Any(r => column.DateAt(r).TimeOfDay != TimeSpan.Zero);
                return new([name], Column.Date(DateParts.Year | DateParts.Month | DateParts.DayOfWeek | (hasTime ? DateParts.TimeOfDay : 0)));
            case TableType.Text:
                int different = Different(column);
                if (different <= MostCategories && 2 * different <= column.Count)
                    return new([name], hasMissing ? Column.OneHot(missing: Impute.Constant("missing")) : Column.OneHot());
                return Doubtful($"has {different} different texts in {column.Count} rows: write .With(\"{name}\", Column.OneHot()), Column.Index() for an "
                    + $"embedding or Column.Words() for sentences, {without}");
            default:
                return Doubtful($"has no values: leave it out by .Without(\"{name}\")");
        }

        EncoderEntry Doubtful(string doubt) => new([name], null, doubt);
    }

    /// <summary>A target.</summary>
    public static EncoderEntry Target(TableColumn column)
    {
        string name = column.Name;
        if (column.Type is TableType.Text or TableType.Truth) return new([name], Column.Class());
        if (column.Type != TableType.Number) return new([name], null, $"is a target, but holds {CellValue.Name(column.Type)}");
        double[] numbers = [.. Enumerable.Range(0, column.Count).Where(r => !column.IsMissing(r)).Select(column.NumberAt)];
        int different = numbers.Distinct().Count();
        bool areWhole = Array.TrueForAll(numbers, n => n == Math.Floor(n));
        if (!areWhole || 2 * different > numbers.Length) return new([name], Column.Standard());
        if (different <= MostClasses) return new([name], Column.Class());
        return new([name], null, $"is a target of {different} different whole numbers in {numbers.Length} rows, which may be classes or values: write "
            + $".WithTarget(\"{name}\", Column.Class()) or .WithTarget(\"{name}\", Column.Standard())");
    }

    /// <summary>1, 2, 3 … or 0, 1, 2 … in every row, in order.</summary>
    private static bool NumbersRows(TableColumn column)
    {
        if (column.Count < 3 || column.MissingCount > 0 || column.NumberAt(0) is not (0 or 1)) return false;
        for (int r = 1; r < column.Count; r++)
            if (column.NumberAt(r) != column.NumberAt(r - 1) + 1) return false;
        return true;
    }

    private static int Different(TableColumn column)
        => Enumerable.Range(0, column.Count).Where(r => !column.IsMissing(r)).Select(column.TextAt).Distinct().Count();
}
