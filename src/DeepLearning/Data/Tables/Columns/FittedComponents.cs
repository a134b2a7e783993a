namespace DeepLearning;

/// <summary>Component k is Σ (x − offset) / scale · direction over the columns.</summary>
internal sealed class FittedComponents(NumberSource[] sources, double[] offsets, double[] scales, double[] directions) : FittedColumn
{
    public const string Name = "principal_components";

    public override string Kind => Name;

    public override IReadOnlyList<string> Sources => Array.ConvertAll(sources, s => s.Name);

    public override IReadOnlyList<string> FeatureNames { get; } = [.. Enumerable.Range(0, directions.Length / sources.Length)
        .Select(k => $"component {k} of {string.Join(", ", sources.Select(s => s.Name))}")];

    public override void Encode(Table table, Span<float> block, int stride)
    {
        double[][] values = Array.ConvertAll(sources, s => s.Values(table));
        for (int r = 0; r < table.Count; r++)
        {
            for (int k = 0; k < directions.Length / sources.Length; k++)
            {
                double sum = 0;
                for (int c = 0; c < sources.Length; c++) sum += (values[c][r] - offsets[c]) / scales[c] * directions[k * sources.Length + c];
                block[r * stride + k] = (float)sum;
                if (!float.IsFinite((float)sum))
                    throw new TableMismatchException($"Columns {string.Join(", ", Sources)}, {table.At(r)}: component {k} is beyond float32.", sources[0].Name,
                        r);
            }
        }
    }

    public override void Write(Settings settings)
    {
        settings.Set("count", sources.Length);
        for (int c = 0; c < sources.Length; c++)
        {
            var inner = new Settings();
            sources[c].Write(inner);
            settings.Nest($"column_{c}", inner);
        }

        settings.Set("offsets", offsets).Set("scales", scales).Set("directions", directions);
    }

    public static FittedComponents Read(Settings settings)
    {
        int count = settings.GetInt32("count");
        double[] offsets = settings.GetDoubles("offsets"), scales = settings.GetDoubles("scales"), directions = settings.GetDoubles("directions");
        if (count < 1 || offsets.Length != count || scales.Length != count || directions.Length == 0 || directions.Length % count != 0)
            throw new FormatException($"{count} columns have {offsets.Length} offsets, {scales.Length} scales and {directions.Length} numbers of directions");
        var sources = new NumberSource[count];
        for (int c = 0; c < count; c++)
        {
            Settings inner = settings.Nested($"column_{c}") ?? throw new FormatException($"column {c} of {count} is missing");
            sources[c] = NumberSource.Read(inner);
            inner.RequireAllRead();
        }

        return new FittedComponents(sources, offsets, scales, directions);
    }
}
