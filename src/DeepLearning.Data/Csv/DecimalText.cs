using System.Globalization;

namespace DeepLearning.Data;

/// <summary>
/// The exact number in a text, sign · 0.digits · 10^exponent, without rounding: identifiers of any length stay distinct, and 1, 01 and 1.0 are the same.
/// </summary>
internal readonly record struct DecimalText(int Sign, int Exponent, string Digits) : IComparable<DecimalText>
{
    /// <summary>Beyond it an exponent could overflow when the digits are added.</summary>
    private const int LargestExponent = 1_000_000_000;

    public bool IsWhole => Digits.Length <= Exponent || Sign == 0;

    public static bool TryParse(ReadOnlySpan<char> text, out DecimalText number)
    {
        number = default;
        text = text.Trim();
        int sign = text is ['-', ..] ? -1 : 1, exponent = 0;
        if (text is ['-' or '+', ..]) text = text[1..];
        int e = text.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || exponent is > LargestExponent or < -LargestExponent || text[^1] == '\0') return false;
            text = text[..e];
        }

        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point], fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9')) return false;
        string all = string.Concat(whole, fraction), digits = all.TrimStart('0');
        number = digits.Length == 0
            ? new DecimalText(0, 0, "")
            : new DecimalText(sign, exponent + whole.Length - (all.Length - digits.Length), digits.TrimEnd('0'));
        return true;
    }

    public int CompareTo(DecimalText other)
    {
        if (Sign != other.Sign || Sign == 0) return Sign.CompareTo(other.Sign);
        int size = Exponent != other.Exponent ? Exponent.CompareTo(other.Exponent) : string.CompareOrdinal(Digits, other.Digits);
        return Sign * size;
    }
}
