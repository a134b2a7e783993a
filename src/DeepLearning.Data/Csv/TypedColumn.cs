using System.Globalization;

namespace DeepLearning.Data;

/// <summary>The fields of a column, and the type that all of them have.</summary>
internal sealed class TypedColumn(string path, string name, int place, Marks marks, DateText dates, CsvTableOptions options)
{
    /// <summary>A double holds every decimal number of as many digits.</summary>
    private const int ExactDigits = 15;

    public TableColumn Read(TextTable.Row[] rows)
    {
        TableType? wanted = options.Types is { } types && types.TryGetValue(name, out TableType asked) && asked != TableType.Missing ? asked : null;
        TextTable.Row[] present = Array.FindAll(rows, r => !marks.Contains(r.Fields[place]));
        if (present.Length == 0 && wanted is null) return TableColumn.Of(name, new object?[rows.Length]);
        switch (wanted ?? TypeOf(present))
        {
            case TableType.Number:
                return TableColumn.Numbers(name, Each<double?>(rows, TableType.Number, text => TryNumber(text, out double value) ? value : null));
            case TableType.Date:
                return TableColumn.Dates(name, Each<DateTime?>(rows, TableType.Date, text => dates.TryParse(text, out DateTime date) ? date : null));
            case TableType.Truth:
                return TableColumn.Truths(name, Each<bool?>(rows, TableType.Truth, text => bool.TryParse(text, out bool truth) ? truth : null));
            default:
                return TableColumn.Texts(name, Each(rows, TableType.Text, text => text));
        }
    }

    private TableType TypeOf(TextTable.Row[] present)
    {
        if (Array.TrueForAll(present, r => TryNumber(r.Fields[place], out _)))
            return Array.Exists(present, r => IsIdentifier(r.Fields[place])) ? TableType.Text : TableType.Number;
        if (Array.TrueForAll(present, r => dates.TryParse(r.Fields[place], out _))) return TableType.Date;
        if (Array.TrueForAll(present, r => bool.TryParse(r.Fields[place], out _))) return TableType.Truth;
        int likeNumbers = present.Count(r => NumberText.IsNumberLike(r.Fields[place]));
        if (2 * likeNumbers <= present.Length) return TableType.Text;
        // Taken for text, a column of measurements would silently become categories.
        throw NotOf(TableType.Number, Array.Find(present, r => !TryNumber(r.Fields[place], out _)));
    }

    private T?[] Each<T>(TextTable.Row[] rows, TableType type, Func<string, T?> read)
        => Array.ConvertAll(rows, row => marks.Contains(row.Fields[place]) ? default : read(row.Fields[place]) ?? throw NotOf(type, row));

    private static bool TryNumber(string text, out double value)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && text[^1] != '\0';

    /// <summary>01067 and 1067 would be one number; so would identifiers of more digits than a double holds.</summary>
    private static bool IsIdentifier(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart("+-");
        if (digits.Length > 1 && digits[0] == '0' && !digits.ContainsAnyExceptInRange('0', '9')) return true;
        return DecimalText.TryParse(text, out DecimalText number) && number.IsWhole && number.Digits.Length > ExactDigits;
    }

    private DataFormatException NotOf(TableType type, TextTable.Row row)
    {
        string text = row.Fields[place], expected = type switch
        {
            TableType.Number => "a finite number such as 1.5",
            TableType.Date => $"a date such as {dates.Example}",
            _ => "true or false",
        };
        string advice = type == TableType.Number && NumberText.Advice(text) is { } known ? known + " " : "";
        return new($"{path}, line {row.Line}, column {place + 1} ('{name}'): expected {expected}{(type == TableType.Number ? ", as in most rows" : "")}, got "
            + $"'{text}'. {advice}"
            + "If it marks a missing value, add it to CsvTableOptions.MissingMarks; if the column is text, set its type to TableType.Text in "
            + "CsvTableOptions.Types.");
    }
}
