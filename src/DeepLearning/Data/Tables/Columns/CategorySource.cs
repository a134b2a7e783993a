namespace DeepLearning;

/// <summary>A column of categories, and the place of each: 0 for unseen ones if they share a bucket.</summary>
internal sealed class CategorySource(TextSource source, CategoryList categories, Unseen unseen)
{
    public string Name => source.Name;

    public CategoryList Categories => categories;

    public Unseen Unseen => unseen;

    /// <summary>The number of places.</summary>
    public int Count => categories.Names.Count + (unseen == Unseen.Bucket ? 1 : 0);

    /// <summary>The place of each row's category.</summary>
    /// <exception cref="TableMismatchException">A category is unseen, and unseen ones are refused; or the column does not fit.</exception>
    public int[] Places(Table table)
    {
        string[] values = source.Values(table);
        var places = new int[values.Length];
        for (int r = 0; r < values.Length; r++)
        {
            int place = categories.Find(values[r]);
            if (unseen == Unseen.Bucket) places[r] = place + 1;
            else places[r] = place >= 0 ? place : throw Refused(table, r, values[r]);
        }

        return places;
    }

    public void Write(Settings settings)
    {
        source.Write(settings);
        settings.SetTexts("categories", categories.Names).Set("unseen", unseen.ToString());
    }

    public static CategorySource Read(Settings settings)
    {
        string unseen = settings.GetString("unseen");
        return new CategorySource(TextSource.Read(settings), new CategoryList(settings.GetTexts("categories")), unseen switch
        {
            nameof(Unseen.Bucket) => Unseen.Bucket,
            nameof(Unseen.Refuse) => Unseen.Refuse,
            _ => throw new FormatException($"the treatment {unseen} of unseen categories is unknown"),
        });
    }

    private TableMismatchException Refused(Table table, int row, string value) => new(
        $"Column '{source.Name}', {table.At(row)}: expected one of {categories}, got '{value}', which the encoding was not fitted to. With unseen: "
        + "Unseen.Bucket such values share one place.", source.Name, row);
}
