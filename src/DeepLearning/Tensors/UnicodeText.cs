namespace DeepLearning;

/// <summary>Texts that can be written to a file: half of a pair of surrogates has no form in UTF-8, and writers put � in its place without a word.</summary>
internal static class UnicodeText
{
    /// <summary>Checks a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">What it is, for the message.</param>
    /// <param name="parameter">The argument that it came in.</param>
    /// <exception cref="ArgumentException">It has half of a pair.</exception>
    public static void Require(string text, string place, string parameter)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i))
            {
                throw new ArgumentException(
                    $"{place} {text} cannot be written: character {i}, U+{(int)text[i]:X4}, is half of a pair of surrogates. Use text that is valid Unicode.",
                    parameter);
            }

            i++;
        }
    }
}
