using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>The share of the variance of ranks that one hyperparameter explains: the adjusted R² of a regression on it alone.</summary>
internal static class EffectEstimate
{
    /// <summary>The adjusted R² over the trials that did not fail, at least 0; 0 if they are too few to tell.</summary>
    public static double Of(Hyperparameter hyperparameter, int dimension, TrialResult[] trials)
    {
        double[] ranks = Ranks(Array.ConvertAll(trials, t => t.Objective)), positions = Array.ConvertAll(trials, t => t.Point[dimension]);
        double mean = ranks.Length == 0 ? 0 : ranks.Average(), total = SquaresAround(ranks, mean);
        if (total == 0) return 0;
        (double residual, int parameters) = hyperparameter.IsOrdered ? Parabola(positions, ranks) : Groups(positions, hyperparameter.ValueCount!.Value, ranks);
        if (ranks.Length <= parameters + 1 || parameters == 0) return 0;
        double adjusted = 1 - residual / total * (ranks.Length - 1) / (ranks.Length - 1 - parameters);
        return double.IsFinite(adjusted) ? Math.Clamp(adjusted, 0, 1) : 0;
    }

    /// <summary>What a parabola over the positions leaves, as a sum of squares.</summary>
    private static (double Residual, int Parameters) Parabola(double[] positions, double[] ranks)
    {
        int terms = Math.Min(3, positions.Distinct().Count());
        Matrix<double> powers = Matrix<double>.Build.Dense(positions.Length, terms, (i, power) => Math.Pow(positions[i] - 0.5, power));
        Vector<double> y = Vector<double>.Build.Dense(ranks);
        Vector<double> left = y - powers * powers.TransposeThisAndMultiply(powers).Svd().Solve(powers.TransposeThisAndMultiply(y));
        return (left.DotProduct(left), terms - 1);
    }

    /// <summary>What the means of the values leave, as a sum of squares.</summary>
    private static (double Residual, int Parameters) Groups(double[] positions, int count, double[] ranks)
    {
        double[][] groups = [.. ranks.Zip(positions).GroupBy(p => Hyperparameter.Place(p.Second, count), p => p.First).Select(g => g.ToArray())];
        return (groups.Sum(g => SquaresAround(g, g.Average())), groups.Length - 1);
    }

    private static double SquaresAround(double[] values, double mean) => values.Sum(v => (v - mean) * (v - mean));

    /// <summary>The place of each value in order; equal values share the mean of their places.</summary>
    private static double[] Ranks(double[] values)
    {
        var ranks = new double[values.Length];
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]];) end++;
            for (int i = start; i < end; i++) ranks[order[i]] = (start + end - 1) / 2.0;
        }

        return ranks;
    }
}
