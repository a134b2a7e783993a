namespace DeepLearning;

/// <summary>The number of the row's category, for an embedding.</summary>
internal sealed class FittedIndex(CategorySource source) : FittedColumn
{
    public const string Name = "index";

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames => [source.Name];

    public override int IndexCount => source.Count;

    public override int[] Indices(Table table) => source.Places(table);

    public override void Write(Settings settings) => source.Write(settings);

    public static FittedIndex Read(Settings settings) => new(CategorySource.Read(settings));
}
