using System.Globalization;

namespace DeepLearning.Data;

/// <summary>Numbers as tables write them: with a decimal point, whatever the culture. Other spellings are recognised only to name the fix.</summary>
internal static class NumberText
{
    /// <summary>Whether a text is a finite number. .NET accepts NUL characters after a number, as in a damaged file; this does not.</summary>
    public static bool TryRead(string text, out float value)
        => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value) && text[^1] != '\0';

    /// <summary>
    /// Whether float32 represents the number in a text: beyond 2²⁴ it does not hold all whole numbers, and rounds different dates and identifiers to the same
    /// value. Measurements, with a fraction or so large that an exponent is needed, are rounded as usual.
    /// </summary>
    public static bool IsHeld(string text, float value)
    {
        if (MathF.Abs(value) < WholeFloats.Largest || !DecimalText.TryParse(text, out DecimalText number) || !number.IsWhole) return true;
        if (number.Exponent > 16 && text.Contains('e', StringComparison.OrdinalIgnoreCase)) return true;
        return IsSame(value.ToString("F0", CultureInfo.InvariantCulture)) || IsSame(value.ToString("R", CultureInfo.InvariantCulture));

        bool IsSame(string held) => DecimalText.TryParse(held, out DecimalText other) && other == number;
    }

    /// <summary>Whether a text is a number to people, even in an unsupported spelling.</summary>
    public static bool IsNumberLike(string text) => TryRead(text, out _) || Advice(text) is not null;

    /// <summary>What to write instead of a text that is a number to people but unsupported; or null.</summary>
    public static string? Advice(string text)
    {
        string bare = text.TrimStart('+', '-');
        if (bare is "∞" || bare.Equals("inf", StringComparison.OrdinalIgnoreCase) || bare.Equals("infinity", StringComparison.OrdinalIgnoreCase))
            return "Nothing can be learned from infinite values: drop the row, or add the text to CsvOptions.MissingMarks.";
        if (DecimalText.TryParse(text, out _)) return "It is beyond float32, which ends at ±3.4e38: scale the column first.";
        if (bare.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && ulong.TryParse(bare.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value))
            return $"It is hexadecimal: write {text[..^bare.Length]}{value.ToString(CultureInfo.InvariantCulture)}.";
        if (text is ['\u2212' or '\u2013', ..] && Plain(text[1..]) is string positive) return $"Its minus sign is a typographic one: write -{positive}.";
        if (text is ['(', .., ')'] && Plain(text[1..^1]) is string negative) return $"Brackets make it negative in accounting: write -{negative}.";
        if (text is [.., '-'] && Plain(text[..^1]) is string behind) return $"Its minus sign follows it: write -{behind}.";
        if (text is "#DIV/0!" or "#VALUE!" or "#REF!" or "#NUM!" or "#NAME?" or "#NULL!")
            return "It is a spreadsheet error: correct the cell, or add the text to CsvOptions.MissingMarks.";
        if (text is [.., '%'] && Plain(text[..^1].TrimEnd()) is string percents) return $"Omit the percent sign: write {percents}.";
        if (WithoutCurrency(text) is string amount) return $"Omit the currency sign: write {amount}.";
        if (Plain(text) is not string plain) return null;
        return IsOneGroup(text)
            ? $"Write {plain} if the comma is a decimal one, {text.Replace(",", "", StringComparison.Ordinal)} if it separates thousands."
            : $"Write {plain}: with a decimal point, and without thousands separators.";
    }

    /// <summary>Whether a text is a number with a decimal comma, or with thousands separators.</summary>
    public static bool IsPunctuated(string text) => Plain(text) is not null;

    /// <summary>The number in a text with other punctuation: groups of three digits, and one decimal mark after them. Null if there is none.</summary>
    private static string? Plain(string text)
    {
        if (text.Length == 0) return null;
        int last = text.LastIndexOfAny([',', '.']);
        bool isDecimal = last >= 0 && text.IndexOf(text[last], StringComparison.Ordinal) == last;
        string[] groups = (isDecimal ? text[..last] : text).TrimStart('+', '-').Split(',', '.', ' ', '\u00A0', '\u202F', '\'', '\u2019', '_');
        if (groups.Length > 1 && (groups[0].Length is 0 or > 3 || groups.Skip(1).Any(g => g.Length != 3))) return null;
        string plain = (text[0] == '-' ? "-" : "") + string.Concat(groups) + (isDecimal ? "." + text[(last + 1)..] : "");
        return DecimalText.TryParse(plain, out _) ? plain : null;
    }

    private static string? WithoutCurrency(string text)
    {
        string sign = text is ['-', ..] ? "-" : "", amount = text.TrimStart('-');
        if (amount.Length < 2) return null;
        if (IsCurrency(amount[0])) amount = amount[1..];
        else if (IsCurrency(amount[^1])) amount = amount[..^1];
        else return null;
        return Plain(sign + amount.Trim());
    }

    /// <summary>A text such as 1,234, which is a different number in Paris and in London.</summary>
    private static bool IsOneGroup(string text)
        => text.TrimStart('+', '-').Split(',') is [{ Length: >= 1 and <= 3 } thousands, { Length: 3 }]
            && thousands != "0" && !text.Contains('.', StringComparison.Ordinal);

    private static bool IsCurrency(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;
}
