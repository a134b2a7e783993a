namespace DeepLearning;

/// <summary>A 1 in the place of the row's category, and 0 elsewhere.</summary>
internal sealed class FittedOneHot(CategorySource source) : FittedColumn
{
    public const string Name = "one_hot";

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames { get; } =
        [.. source.Unseen == Unseen.Bucket ? (string[])[$"{source.Name} is unseen"] : [], .. source.Categories.Names.Select(c => $"{source.Name}={c}")];

    public override void Encode(Table table, Span<float> block, int stride)
    {
        int[] places = source.Places(table);
        for (int r = 0; r < places.Length; r++) block[r * stride + places[r]] = 1f;
    }

    public override void Write(Settings settings) => source.Write(settings);

    public static FittedOneHot Read(Settings settings) => new(CategorySource.Read(settings));
}
