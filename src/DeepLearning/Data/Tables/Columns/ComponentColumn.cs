using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DeepLearning;

/// <summary>Numbers that vary together, as their principal components, by MathNet's singular value decomposition of the centred columns.</summary>
internal sealed class ComponentColumn(int count, bool standardize, Impute? missing) : Column
{
    internal override bool IsGroup => true;

    public override string ToString()
        => $"{nameof(PrincipalComponents)}({count}{(standardize ? "" : ", standardize: false")}{(missing is null ? "" : $", missing: {missing}")})";

    internal override FittedColumn Fit(Table table, IReadOnlyList<string> columns)
    {
        string name = columns[0];
        if (count > columns.Count) throw new TableMismatchException($"{count} components need as many columns, got {string.Join(", ", columns)}.", name);
        if (table.Count < 2) throw new TableMismatchException($"Components need two rows at least, got {table.Count}.", name);
        NumberSource[] sources = [.. columns.Select(c => NumberSource.Fit(table, c, this, missing))];
        double[][] x = Array.ConvertAll(sources, s => s.Values(table));
        (double Offset, double Scale)[] scales = Array.ConvertAll(x, ScaledColumn.OfMoments);
        double[] offsets = Array.ConvertAll(scales, s => s.Offset), divisors = Array.ConvertAll(scales, s => standardize ? s.Scale : 1);
        Matrix<double> centred = Matrix<double>.Build.Dense(table.Count, columns.Count, (r, c) => (x[c][r] - offsets[c]) / divisors[c]);
        // Of the columns' products, which are few, instead of all rows: the same directions.
        Svd<double> svd = centred.TransposeThisAndMultiply(centred).Svd();
        var directions = new double[count * columns.Count];
        for (int k = 0; k < count; k++)
        {
            double[] direction = [.. svd.U.Column(k)];
            // The sign is free: as in scikit-learn, the largest share is positive.
            double sign = Math.Sign(direction.MaxBy(Math.Abs));
            for (int c = 0; c < direction.Length; c++) directions[k * direction.Length + c] = sign * direction[c];
        }

        return new FittedComponents(sources, offsets, divisors, directions);
    }
}
