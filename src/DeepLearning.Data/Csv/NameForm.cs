using System.Globalization;
using System.Text;

namespace DeepLearning.Data;

/// <summary>
/// What a name looks like to people: two that differ in case, in how Unicode composes a letter, or in characters that cannot be seen are the same to them.
/// </summary>
internal static class NameForm
{
    /// <summary>The same text for all spellings of a name.</summary>
    public static string Of(string name)
    {
        if (Ascii.IsValid(name)) return name.ToUpperInvariant();
        string normal = name.Replace("\uFFFE", "", StringComparison.Ordinal).Normalize(NormalizationForm.FormKC); // Normalize throws where U+FFFE stands.
        string visible = string.Concat(normal.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format));
        return visible.Trim().ToUpperInvariant().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>As <see cref="Of"/>, without white space: the name of a column.</summary>
    public static string OfColumn(string name) => string.Concat(Of(name).Where(c => !char.IsWhiteSpace(c)));
}
