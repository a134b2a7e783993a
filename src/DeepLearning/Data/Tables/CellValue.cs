using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace DeepLearning;

/// <summary>A value as users have it, as one of the five that a table knows: null, double, string, DateTime or bool.</summary>
internal static class CellValue
{
    /// <summary>The number from which a double no longer holds every whole number: 2⁵³.</summary>
    private const double LargestExact = 1L << 53;

    /// <summary>The value in a table's terms.</summary>
    /// <exception cref="TableMismatchException">A number is not finite, or a whole one that a double does not hold; or the type is not one that a table
    /// knows.</exception>
    public static object? Of(object? value, string column, int row) => value switch
    {
        null or DBNull => null,
        string or bool or DateTime => value,
        double number => Finite(number, column, row),
        // As it is written: 0.1f is 0.1, as in a file, not 0.100000001490116.
        float single => Written(single.ToString("R", CultureInfo.InvariantCulture), column, row),
        int or long or short or byte or uint or ulong or ushort or sbyte or decimal or Half or nint or nuint or Int128 or UInt128
            => Written(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), column, row),
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        char letter => letter.ToString(),
        Enum member => member.ToString(),
        JsonElement json => OfJson(json, column, row),
        DateTimeOffset => throw Fault(column, row, "is a DateTimeOffset, whose day and hour depend on where one stands: pass its DateTime or its UtcDateTime."),
        _ => throw Fault(column, row, $"is a {value.GetType().Name}; expected a number, a text, a date, true or false, or null."),
    };

    /// <summary>What a value in a table's terms is.</summary>
    public static TableType TypeOf(object? value) => value switch
    {
        null => TableType.Missing,
        double => TableType.Number,
        string => TableType.Text,
        DateTime => TableType.Date,
        _ => TableType.Truth,
    };

    /// <summary>The only text of a number, a truth or a date: 3 and 3.0 are one category.</summary>
    public static string Text(double number) => (number == 0 ? 0d : number).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The text of a truth, as JSON writes it.</summary>
    public static string Text(bool truth) => truth ? "true" : "false";

    /// <summary>The text of a date, with its time of day if it is not midnight.</summary>
    public static string Text(DateTime date)
        => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary>A type in a message, with an example of what came.</summary>
    public static string Name(TableType type) => type switch
    {
        TableType.Number => "numbers",
        TableType.Text => "text",
        TableType.Date => "dates",
        TableType.Truth => "true or false",
        _ => "no values",
    };

    /// <summary>Throws if a number is NaN or infinite.</summary>
    public static double Finite(double number, string column, int row)
        => double.IsFinite(number)
            ? number
            : throw Fault(column, row, $"is {Text(number)}: expected a finite number, or null where it is missing.");

    /// <summary>
    /// The number in a text. A whole number is an identifier as often as a quantity: rounded, two of them would be one category without a word. With an exponent
    /// it is a quantity, and rounded as usual.
    /// </summary>
    private static double Written(string text, string column, int row)
    {
        double number = Finite(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), column, row);
        ReadOnlySpan<char> digits = text.Contains('.', StringComparison.Ordinal) ? text.AsSpan().TrimEnd('0').TrimEnd('.') : text;
        if (Math.Abs(number) < LargestExact || digits.IndexOfAny('.', 'e', 'E') >= 0
            || BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) == new BigInteger(number)) return number;
        throw Fault(column, row, $"is {text}, but a table's numbers are doubles, and the nearest is {number:F0}: pass it as a string if "
            + "it is an identifier, or as a double if it is a quantity.");
    }

    private static object? OfJson(JsonElement json, string column, int row) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => Written(json.GetRawText(), column, row),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault(column, row, $"is a JSON {json.ValueKind}; expected a number, a text, true, false or null."),
    };

    private static TableMismatchException Fault(string column, int row, string what)
        => new(FormattableString.Invariant($"The value of column '{column}' in row {row} ") + what, column, row);
}
