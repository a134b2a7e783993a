namespace DeepLearning.Data;

/// <summary>
/// Finds the input that has the name of another column. Case, white space, invisible characters and the number that pandas appends (price.1) are ignored.
/// </summary>
internal sealed class ColumnTwins
{
    private readonly string[] header;
    private readonly Dictionary<string, int> byName = [], byBareName = [];

    public ColumnTwins(string[] header, int[] inputs)
    {
        this.header = header;
        foreach (int c in inputs)
        {
            string name = NameForm.OfColumn(header[c]);
            byName.TryAdd(name, c);
            if (Unnumbered(name) is string bare) byBareName.TryAdd(bare, c);
        }
    }

    /// <summary>The position of the first input that is a twin of a column, or −1.</summary>
    public int Find(int column)
    {
        string name = NameForm.OfColumn(header[column]);
        if (name.Length == 0) return -1;
        if (byName.TryGetValue(name, out int twin) || byBareName.TryGetValue(name, out twin)) return twin;
        return Unnumbered(name) is { Length: > 0 } bare && byName.TryGetValue(bare, out twin) ? twin : -1;
    }

    /// <summary>price for price.1; null if no number is appended.</summary>
    private static string? Unnumbered(string name) => name.TrimEnd("0123456789".ToCharArray()) is [.. string bare, '.'] ? bare : null;
}
