namespace DeepLearning;

/// <summary>The label of the row's class; one that it was not fitted to is refused.</summary>
internal sealed class FittedClass(CategorySource source) : FittedColumn
{
    public const string Name = "class";

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames => [source.Name];

    public override int IndexCount => source.Count;

    public IReadOnlyList<string> Classes => source.Categories.Names;

    public override int[] Indices(Table table) => source.Places(table);

    public override void Write(Settings settings) => source.Write(settings);

    public static FittedClass Read(Settings settings) => new(CategorySource.Read(settings));
}
