using System.Globalization;
using System.Text;

namespace DeepLearning.Data;

/// <summary>
/// What a name looks like to people: names that differ only in case, Unicode composition or invisible characters look the same.
/// </summary>
internal static class NameForm
{
    /// <summary>The same text for all spellings of a name.</summary>
    public static string Of(string name)
    {
        if (Ascii.IsValid(name)) return name.ToUpperInvariant();
        string normal = name.Replace("\uFFFE", "", StringComparison.Ordinal).Normalize(NormalizationForm.FormKC); // Normalize throws on U+FFFE.
        string visible = string.Concat(normal.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format));
        return visible.Trim().ToUpperInvariant().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Like <see cref="Of"/>, without white space: the name of a column.</summary>
    public static string OfColumn(string name) => string.Concat(Of(name).Where(c => !char.IsWhiteSpace(c)));
}
