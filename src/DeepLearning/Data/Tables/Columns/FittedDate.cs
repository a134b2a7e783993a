namespace DeepLearning;

/// <summary>Parts of a date: what recurs as sin and cos, years and days standardised.</summary>
internal sealed class FittedDate(ColumnSource source, DateParts parts, (double Offset, double Scale) year, (double Offset, double Scale) elapsed) : FittedColumn
{
    public const string Name = "date";

    private static readonly (DateParts Part, string Name, double Period, Func<DateTime, double> Position)[] Cycles =
    [
        (DateParts.Month, "month", 12, d => d.Month - 1),
        (DateParts.Day, "day", 31, d => d.Day - 1),
        (DateParts.DayOfWeek, "day of week", 7, d => (int)d.DayOfWeek),
        (DateParts.DayOfYear, "day of year", 366, d => d.DayOfYear - 1),
        (DateParts.TimeOfDay, "time of day", TimeSpan.TicksPerDay, d => d.TimeOfDay.Ticks),
    ];

    private readonly (string Name, Func<DateTime, double> Number)[] numbers = [.. Numbers(parts, year, elapsed)];

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames => Array.ConvertAll(numbers, n => $"{source.Name} {n.Name}");

    /// <summary>The dates of all rows.</summary>
    /// <exception cref="TableMismatchException">The column does not fit, or a date is missing.</exception>
    public static DateTime[] Values(ColumnSource source, Table table)
    {
        TableColumn column = source.In(table);
        return [.. Enumerable.Range(0, column.Count).Select(r => column.IsMissing(r) ? throw source.Missing(table, r) : column.DateAt(r))];
    }

    /// <summary>The time in days.</summary>
    public static double Days(DateTime date) => (double)date.Ticks / TimeSpan.TicksPerDay;

    public override void Encode(Table table, Span<float> block, int stride)
    {
        DateTime[] dates = Values(source, table);
        for (int r = 0; r < dates.Length; r++)
            for (int n = 0; n < numbers.Length; n++) block[r * stride + n] = (float)numbers[n].Number(dates[r]);
    }

    public override void Write(Settings settings)
    {
        source.Write(settings);
        settings.Set("parts", (int)parts).Set("year", [year.Offset, year.Scale]).Set("elapsed", [elapsed.Offset, elapsed.Scale]);
    }

    public static FittedDate Read(Settings settings)
    {
        int parts = settings.GetInt32("parts");
        if (parts is < 1 or > 127) throw new FormatException($"the parts {parts} of a date are unknown");
        return new(ColumnSource.Read(settings), (DateParts)parts, Pair("year"), Pair("elapsed"));

        (double, double) Pair(string name)
            => settings.GetDoubles(name) is [var offset, var scale] ? (offset, scale) : throw new FormatException($"{name} needs an offset and a scale");
    }

    private static IEnumerable<(string Name, Func<DateTime, double> Number)> Numbers(DateParts parts, (double Offset, double Scale) year,
        (double Offset, double Scale) elapsed)
    {
        if (parts.HasFlag(DateParts.Year)) yield return ("year", d => (d.Year - year.Offset) / year.Scale);
        if (parts.HasFlag(DateParts.Elapsed)) yield return ("elapsed", d => (Days(d) - elapsed.Offset) / elapsed.Scale);
        foreach ((DateParts part, string name, double period, Func<DateTime, double> position) in Cycles)
        {
            if (!parts.HasFlag(part)) continue;
            yield return ($"{name} sin", d => Math.Sin(2 * Math.PI * position(d) / period));
            yield return ($"{name} cos", d => Math.Cos(2 * Math.PI * position(d) / period));
        }
    }
}
