using System.Globalization;

namespace DeepLearning;

/// <summary>How values and figures read in tables and messages of a search.</summary>
internal static class SearchText
{
    public static string Of<T>(T value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "";

    /// <summary>A value in a table: five significant digits are enough to read.</summary>
    public static string Short(string text)
        => text.Length > 8 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number.ToString("G5", CultureInfo.InvariantCulture)
            : text;
}
