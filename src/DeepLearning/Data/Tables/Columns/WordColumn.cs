namespace DeepLearning;

/// <summary>A text as the count of each known word, or as the numbers of its first words.</summary>
internal sealed class WordColumn(int maximum, int? length) : Column
{
    public override string ToString() => length is null ? $"{nameof(Words)}(maximum: {maximum})" : $"{nameof(Tokens)}({length}, maximum: {maximum})";

    internal override FittedColumn Fit(Table table, IReadOnlyList<string> columns)
    {
        // An absent text is a text without words.
        TextSource source = TextSource.Fit(table, columns[0], this, Impute.Constant(""), TableType.Text);
        string[] words = [.. source.Values(table).SelectMany(FittedWords.Split)];
        CategoryList known = CategoryList.ByFrequency(words, TableType.Text, maximum, minimumCount: 1);
        if (known.Names.Count == 0)
            throw new TableMismatchException($"Column '{columns[0]}' has no words: expected letters or digits in some row.",
                columns[0]);
        return new FittedWords(source, known, length);
    }
}
