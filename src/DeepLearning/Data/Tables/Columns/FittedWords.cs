namespace DeepLearning;

/// <summary>
/// Words are runs of letters and digits, in lower case. Without a length: how often each known word occurs. With one: indices of the first words, 0 after the
/// last and 1 for unknown ones, as Keras's TextVectorization numbers them.
/// </summary>
internal sealed class FittedWords(TextSource source, CategoryList words, int? length) : FittedColumn
{
    public const string Name = "words";

    private const int Unknown = 1, Reserved = 2;

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames { get; } = length is int count
        ? [.. Enumerable.Range(0, count).Select(i => $"{source.Name} word {i}")]
        : [.. words.Names.Select(w => $"{source.Name}: {w}")];

    public override int IndexCount => length is null ? 0 : words.Names.Count + Reserved;

    /// <summary>The words of a text.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (int start = 0, i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i])) continue;
            if (i > start) yield return text[start..i].ToLowerInvariant();
            start = i + 1;
        }
    }

    public override void Encode(Table table, Span<float> block, int stride)
    {
        string[] texts = source.Values(table);
        for (int r = 0; r < texts.Length; r++)
        {
            foreach (string word in Split(texts[r]))
                if (words.Find(word) is >= 0 and int place) block[r * stride + place]++;
        }
    }

    public override int[] Indices(Table table)
    {
        string[] texts = source.Values(table);
        var indices = new int[texts.Length * length!.Value];
        for (int r = 0; r < texts.Length; r++)
        {
            int i = r * length.Value;
            foreach (string word in Split(texts[r]).Take(length.Value)) indices[i++] = words.Find(word) is >= 0 and int place ? place + Reserved : Unknown;
        }

        return indices;
    }

    public override void Write(Settings settings)
    {
        source.Write(settings);
        settings.SetTexts("words", words.Names);
        if (length is int count) settings.Set("length", count);
    }

    public static FittedWords Read(Settings settings)
    {
        int? length = settings.Has("length") ? settings.GetInt32("length") : null;
        return length is < 1 ? throw new FormatException($"the length is {length}")
            : new(TextSource.Read(settings), new CategoryList(settings.GetTexts("words")), length);
    }
}
