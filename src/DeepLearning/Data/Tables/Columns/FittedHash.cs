using DeepLearning.Kernels;

namespace DeepLearning;

/// <summary>A hash of the category, modulo the buckets: the same on every machine and in every run, without a list of categories.</summary>
internal sealed class FittedHash(TextSource source, int buckets) : FittedColumn
{
    public const string Name = "hash";

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames => [source.Name];

    public override int IndexCount => buckets;

    public override int[] Indices(Table table) => Array.ConvertAll(source.Values(table), v => (int)(Hashes.Of(v) % (ulong)buckets));

    public override void Write(Settings settings)
    {
        source.Write(settings);
        settings.Set("buckets", buckets);
    }

    public static FittedHash Read(Settings settings)
    {
        int buckets = settings.GetInt32("buckets");
        return buckets >= 1 ? new(TextSource.Read(settings), buckets) : throw new FormatException($"the number of buckets is {buckets}");
    }
}
