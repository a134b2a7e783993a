namespace DeepLearning;

/// <summary>A 1 for the interval that the number lies in: below the first boundary, from one to below the next, from the last on.</summary>
internal sealed class FittedBins(NumberSource source, double[] boundaries) : FittedColumn
{
    public const string Name = "bins";

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => [source.Name];

    public override IReadOnlyList<string> FeatureNames { get; } = [.. Enumerable.Range(0, boundaries.Length + 1).Select(i => i == 0
        ? $"{source.Name}<{CellValue.Text(boundaries.Length == 0 ? double.PositiveInfinity : boundaries[0])}"
        : $"{source.Name}≥{CellValue.Text(boundaries[i - 1])}")];

    public override void Encode(Table table, Span<float> block, int stride)
    {
        double[] values = source.Values(table);
        for (int r = 0; r < values.Length; r++) block[r * stride + boundaries.Count(b => values[r] >= b)] = 1f;
    }

    public override void Write(Settings settings)
    {
        source.Write(settings);
        settings.Set("boundaries", boundaries);
    }

    public static FittedBins Read(Settings settings) => new(NumberSource.Read(settings), settings.GetDoubles("boundaries"));
}
