using DeepLearning.Kernels;
using MathNet.Numerics.Statistics;

namespace DeepLearning;

/// <summary>A number, scaled in one of several ways.</summary>
internal sealed class ScaledColumn(string kind, string name, Impute? missing, bool flag, bool isLog, Func<double[], (double Offset, double Scale)> measure)
    : Column
{
    /// <summary>Mean 0 and variance 1; the variance is the population's, as in scikit-learn's StandardScaler.</summary>
    public static (double Offset, double Scale) OfMoments(double[] x)
        => (ArrayStatistics.Mean(x), IsConstant(x) ? 1 : NotZero(Math.Sqrt(ArrayStatistics.PopulationVariance(x))));

    /// <summary>From 0 to 1.</summary>
    public static (double Offset, double Scale) OfRange(double[] x) => (x.Min(), NotZero(x.Max() - x.Min()));

    /// <summary>Median 0 and interquartile range 1; quartiles interpolate linearly, as in scikit-learn's RobustScaler.</summary>
    public static (double Offset, double Scale) OfQuartiles(double[] x)
    {
        double At(double tau) => x.QuantileCustom(tau, QuantileDefinition.R7);
        return (At(0.5), NotZero(At(0.75) - At(0.25)));
    }

    /// <summary>Whether there is a way back: a target has nothing to stand in for a missing one.</summary>
    public bool CanBeTarget => missing is null && !flag;

    public override string ToString() => $"{name}({Options(missing, flag)})";

    internal override FittedColumn Fit(Table table, IReadOnlyList<string> columns)
    {
        NumberSource source = NumberSource.Fit(table, columns[0], this, missing);
        // Values that stand in for missing ones do not count: they would narrow the spread.
        double[] x = source.Present(table);
        if (missing is null) source.Values(table);
        if (isLog)
        {
            if (x.Any(v => v <= -1)) new FittedScale(kind, source, flag, isLog, 0, 1).Encode(table, new float[table.Count * 2], 2);
            x = Array.ConvertAll(x, NearZero.Log1p);
        }

        (double offset, double scale) = measure(x);
        if (!double.IsFinite(offset) || !double.IsFinite(scale))
            throw new TableMismatchException($"Column '{columns[0]}': its numbers are too large to be scaled; write them in a larger unit.", columns[0]);
        // A flag that no training row had would have weights that learned nothing.
        return new FittedScale(kind, source, flag && x.Length < table.Count, isLog, offset, scale);
    }

    private static bool IsConstant(double[] x) => Array.TrueForAll(x, v => v == x[0]);

    private static double NotZero(double scale) => scale > 0 ? scale : 1;

    private static string Options(Impute? missing, bool flag)
        => missing is null ? "" : $"missing: {missing}{(flag ? ", missingFlag: true" : "")}";
}
