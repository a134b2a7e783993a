namespace DeepLearning.Data;

/// <summary>
/// Recognises a first row of numbers that may be data or names: years, wavelengths, or 0, 1, 2 as pandas writes.
/// </summary>
internal static class NumberedHeader
{
    /// <summary>The number of rows below the first needed to tell whether its text is one of a column's classes.</summary>
    private const int FewestRows = 4;

    /// <summary>What in the first row looks like column names, for a message; or null.</summary>
    /// <param name="rows">The first rows, two at least.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="numeric">The columns that hold numbers below the first row.</param>
    /// <param name="options">Give the target.</param>
    public static string? Find(List<TextTable.Row> rows, int columns, int[] numeric, CsvOptions options)
    {
        string[] first = rows[0].Fields, second = rows[1].Fields;
        int[] named = [.. numeric.Where(c => first[c].Length > 0)], texts = [.. Enumerable.Range(0, columns).Except(numeric)];
        if (Step(first, named) is long step && IsHeader(step))
            return $"the numbers {string.Join(", ", named.Take(4).Select(c => first[c]))}{(named.Length > 4 ? ", …" : "")}";
        int only = Array.FindIndex(texts, c => StandsAlone(rows, c));
        return only < 0 ? null : $"'{first[texts[only]]}', which does not recur in column {texts[only] + 1} although all others do,";

        bool IsHeader(long step)
        {
            bool fromZero = step == 1 && first[named[0]] == "0", isRun = named.Length > 2 || (named.Length == 2 && step == 1);
            if (fromZero && first[0].Length == 0) return true;
            int target = options.Target.Place < 0 ? options.Target.Place + columns : options.Target.Place;
            if (isRun && texts.Any(c => c != target)) return true;
            bool differs = Step(second, named) != step;
            return differs && (named.Length > 2 || (fromZero && named.Length == 2 && named.Any(c => HasFraction(second[c]))));
        }
    }

    /// <summary>The difference between consecutive numbers, 1 for a single one; null unless it is constant, whole and positive.</summary>
    private static long? Step(string[] fields, int[] columns)
    {
        var numbers = new long[columns.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!NumberText.TryRead(fields[columns[i]], out float value) || value != MathF.Truncate(value) || MathF.Abs(value) > WholeFloats.Largest) return null;
            numbers[i] = (long)value;
        }

        if (numbers.Length == 0) return null;
        long step = numbers.Length == 1 ? 1 : numbers[1] - numbers[0];
        return step > 0 && numbers.Skip(1).Zip(numbers, (next, before) => next - before).All(d => d == step) ? step : null;
    }

    private static bool HasFraction(string text) => NumberText.TryRead(text, out float value) && value != MathF.Truncate(value);

    private static bool StandsAlone(List<TextTable.Row> rows, int column)
    {
        if (rows.Count <= FewestRows) return false;
        string first = rows[0].Fields[column];
        ILookup<string, TextTable.Row> others = rows.Skip(1).ToLookup(r => r.Fields[column]);
        return first.Length > 0 && !others.Contains(first) && others.Count > 1 && others.All(same => same.Count() > 1);
    }
}
