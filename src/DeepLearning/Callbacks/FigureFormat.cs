using System.Globalization;

namespace DeepLearning;

/// <summary>
/// Decides which of .NET's numeric formats can name files: .NET accepts any text as a custom format and prints its letters and digits unchanged, so that
/// Python's <c>02d</c> would print one digit and then "2d".
/// </summary>
internal static class FigureFormat
{
    /// <summary>Longer numbers do not belong in a name, and .NET would create strings of a billion characters.</summary>
    private const int LongestPrecision = 2;

    private const string PrintfTypes = "diouxXeEfFgGaAcrs";

    /// <summary>Flags, width and precision, and the length, in their order.</summary>
    private static readonly string[] PrintfParts = ["-+ #0'", "0123456789.*", "hlLqjz"];

    /// <summary>Adjacent epochs, which a format that drops digits prints alike.</summary>
    private static readonly long[] Epochs = [1, 2, 10, 11, 100, 101, 1000, 1001, 123_456, 123_457, int.MaxValue - 1, int.MaxValue];

    /// <summary>Figures that stay distinct when rounded to whole numbers.</summary>
    private static readonly float[] Figures = [1, -1, 2, 10, -10, 1000];

    /// <summary>Why a format cannot name files; null if it can.</summary>
    public static string? Fault(string format, bool isEpoch)
    {
        const string unknown = "which is not a .NET format for it";
        if (IsStandard(format) ? format.Length > 1 + LongestPrecision : HasBareLetters(format)) return unknown;
        try
        {
            IEnumerable<string> texts = isEpoch
                ? Epochs.Select(n => n.ToString(format, CultureInfo.InvariantCulture))
                : Figures.Select(n => n.ToString(format, CultureInfo.InvariantCulture));
            int count = isEpoch ? Epochs.Length : Figures.Length;
            return texts.Distinct().Count() == count ? null : "which writes different numbers alike";
        }
        catch (FormatException)
        {
            return unknown;
        }
    }

    /// <summary>The format to use instead: for Python's formats, the .NET equivalent.</summary>
    public static string Instead(string format, bool isEpoch)
    {
        string digits = string.Concat(format.TrimStart('<', '>', '=', '^', ' ', '+', '-').TakeWhile(char.IsAsciiDigit));
        if (isEpoch) return int.TryParse(digits, CultureInfo.InvariantCulture, out int width) && width is > 1 and < 20 ? new string('0', width) : "000";
        int point = format.IndexOf('.');
        string precision = point < 0 ? "" : string.Concat(format[(point + 1)..].TakeWhile(char.IsAsciiDigit));
        char type = format.Length == 0 ? 'F' : char.ToUpperInvariant(IsStandard(format) ? format[0] : format[^1]);
        if (precision.Length == 0 && type == 'D') precision = string.Concat(format[1..].TakeWhile(char.IsAsciiDigit));
        return (type is 'E' or 'G' ? type : type == '%' ? 'P' : 'F') + (precision.Length is > 0 and <= LongestPrecision ? precision : "4");
    }

    /// <summary>The characters that an epoch in this format may be written with.</summary>
    public static string EpochCharacters(string format)
        => string.Concat(Enumerable.Range(0, 17).Select(n => (long)n).Concat(Epochs).Select(n => n.ToString(format, CultureInfo.InvariantCulture)));

    /// <summary>A placeholder of C's printf or Python's %, such as <c>%02d</c>, <c>%-3d</c> or <c>%(epoch)d</c>; null if there is none.</summary>
    public static string? FindPrintf(string text)
    {
        for (int start = text.IndexOf('%'); start >= 0; start = text.IndexOf('%', start + 1))
        {
            int at = start + 1;
            if (at < text.Length && text[at] == '(') at = text.IndexOf(')', at) + 1;
            if (at == 0) continue;
            foreach (string part in PrintfParts)
                while (at < text.Length && part.Contains(text[at])) at++;
            if (at < text.Length && PrintfTypes.Contains(text[at]) && (at + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[at + 1])))
                return text[start..(at + 1)];
        }

        return null;
    }

    /// <summary>A letter alone or before digits is a standard format or invalid, never a custom format.</summary>
    private static bool IsStandard(string format)
        => format.Length == 0 || (char.IsAsciiLetter(format[0]) && format.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <summary>Whether a custom format prints letters or digits that are neither quoted nor an exponent's.</summary>
    private static bool HasBareLetters(string format)
    {
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c == '\\') i++;
            else if (c is '\'' or '"' && format.IndexOf(c, i + 1) is >= 0 and var end) i = end;
            else if (c is 'e' or 'E' && IsExponent(format.AsSpan(i + 1))) continue;
            else if (c != '0' && char.IsLetterOrDigit(c)) return true;
        }

        return false;
    }

    private static bool IsExponent(ReadOnlySpan<char> rest) => rest is ['0', ..] or ['+' or '-', '0', ..];
}
