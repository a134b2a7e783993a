using MathNet.Numerics.Statistics;

namespace DeepLearning;

/// <summary>A number as a one-hot row of the interval that it lies in.</summary>
internal sealed class BinColumn(int count, double[]? boundaries, Impute? missing) : Column
{
    public override string ToString()
    {
        string intervals = boundaries is null ? $"{count}" : $"[{string.Join(", ", boundaries.Select(CellValue.Text))}]";
        return $"{nameof(Bins)}({intervals}{(missing is null ? "" : $", missing: {missing}")})";
    }

    internal override FittedColumn Fit(Table table, IReadOnlyList<string> columns)
    {
        NumberSource source = NumberSource.Fit(table, columns[0], this, missing);
        if (missing is null) source.Values(table);
        // Values that stand in for missing ones do not count: they would fill an interval by themselves.
        double[] x = source.Present(table);
        return new FittedBins(source, boundaries
            ?? [.. Enumerable.Range(1, count - 1).Select(i => x.QuantileCustom((double)i / count, QuantileDefinition.R7)).Distinct()]);
    }
}
