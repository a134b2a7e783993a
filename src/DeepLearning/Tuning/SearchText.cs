using System.Globalization;

namespace DeepLearning;

/// <summary>How values and figures read in tables and messages of a search.</summary>
internal static class SearchText
{
    /// <summary>The value as text, the same in every culture, also where it holds numbers: a tuple, a record.</summary>
    public static string Of<T>(T value)
    {
        if (value is IFormattable number) return number.ToString(null, CultureInfo.InvariantCulture);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return value?.ToString() ?? "";
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>A value in a table: five significant digits are enough to read.</summary>
    public static string Short(string text)
        => text.Length > 8 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number.ToString("G5", CultureInfo.InvariantCulture)
            : text;
}
