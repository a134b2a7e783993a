namespace DeepLearning;

/// <summary>
/// A 1 in the place of the row's category, and 0 elsewhere. Unseen categories share the last place with the rare ones; without rare ones there is no such
/// place, and an unseen one is all 0, since a place that no training row had would have weights that learned nothing.
/// </summary>
internal sealed class FittedOneHot(CategorySource source, bool hasRare) : FittedColumn
{
    public const string Name = "one_hot";

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames { get; } =
        [.. source.Categories.Names.Select(c => $"{source.Name}={c}"), .. hasRare ? (string[])[$"{source.Name} is rare"] : []];

    public override void Encode(Table table, Span<float> block, int stride)
    {
        int[] places = source.Places(table);
        for (int r = 0; r < places.Length; r++)
        {
            int place = source.Unseen == Unseen.Refuse ? places[r] : places[r] > 0 ? places[r] - 1 : source.Categories.Names.Count;
            if (place < Width) block[r * stride + place] = 1f;
        }
    }

    public override void Write(Settings settings)
    {
        source.Write(settings);
        settings.Set("rare", hasRare);
    }

    public static FittedOneHot Read(Settings settings) => new(CategorySource.Read(settings), settings.GetBoolean("rare"));
}
