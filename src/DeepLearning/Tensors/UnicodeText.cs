namespace DeepLearning;

/// <summary>Strings that can be written to a file: an unpaired surrogate has no UTF-8 encoding, and writers silently replace it with �.</summary>
internal static class UnicodeText
{
    /// <summary>Checks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">What it is, for the message.</param>
    /// <param name="parameter">The argument that held it.</param>
    /// <exception cref="ArgumentException">It has an unpaired surrogate.</exception>
    public static void Require(string text, string place, string parameter)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i))
            {
                throw new ArgumentException(
                    $"{place} {text} cannot be written: character {i}, U+{(int)text[i]:X4}, is an unpaired surrogate. Use text that is valid Unicode.",
                    parameter);
            }

            i++;
        }
    }
}
