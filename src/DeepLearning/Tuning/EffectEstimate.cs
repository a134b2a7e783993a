using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning;

/// <summary>The share of the variance of ranks that one hyperparameter explains: the adjusted R² of a regression on it alone.</summary>
internal static class EffectEstimate
{
    /// <summary>The adjusted R² over the trials that did not fail, at least 0; 0 if they are too few to tell.</summary>
    public static double Of(Hyperparameter hyperparameter, int dimension, TrialResult[] trials)
    {
        double[] ranks = Ranks([.. trials.Select(t => t.Objective)]);
        double[] positions = [.. trials.Select(t => t.Point[dimension])];
        Matrix<double> terms = hyperparameter.IsOrdered ? Parabola(positions) : Groups(positions, hyperparameter.ValueCount!.Value);
        int n = trials.Length, parameters = terms.ColumnCount - 1;
        double mean = n == 0 ? 0 : ranks.Average(), total = ranks.Sum(r => (r - mean) * (r - mean));
        if (n <= parameters + 1 || parameters == 0 || total == 0) return 0;
        Vector<double> y = Vector<double>.Build.Dense(ranks);
        // By singular values: positions that are all equal leave columns that depend on each other.
        Vector<double> residual = y - terms * terms.Svd().Solve(y);
        double adjusted = 1 - residual.DotProduct(residual) / total * (n - 1) / (n - 1 - parameters);
        return double.IsFinite(adjusted) ? Math.Clamp(adjusted, 0, 1) : 0;
    }

    private static Matrix<double> Parabola(double[] positions)
        => Matrix<double>.Build.Dense(positions.Length, 3, (i, power) => Math.Pow(positions[i] - 0.5, power));

    private static Matrix<double> Groups(double[] positions, int count)
    {
        long[] seen = [.. positions.Select(p => Hyperparameter.Place(p, count)).Distinct().Order()];
        return Matrix<double>.Build.Dense(
            positions.Length, Math.Max(seen.Length, 1), (i, g) => g == 0 || Hyperparameter.Place(positions[i], count) == seen[g] ? 1 : 0);
    }

    /// <summary>The place of each value in order; equal values share the mean of their places.</summary>
    private static double[] Ranks(double[] values)
        => [.. values.Select(v => values.Count(w => w < v) + (values.Count(w => w == v) - 1) / 2.0)];
}
