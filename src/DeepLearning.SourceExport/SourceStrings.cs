using System.Globalization;
using System.Text;

namespace DeepLearning.SourceExport;

/// <summary>Strings as C# literals.</summary>
internal static class SourceStrings
{
    /// <summary>Quoted; characters without a printable form are escaped.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else text.Append(c);
        }

        return text.Append('"').ToString();
    }
}
