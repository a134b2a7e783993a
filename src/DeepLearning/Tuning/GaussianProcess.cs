using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DeepLearning;

/// <summary>
/// A Gaussian process with a Matérn 5/2 kernel and noise, over standardised observations (Rasmussen and Williams 2006, algorithm 2.1). Length scale and noise are
/// those of a small grid with the largest marginal likelihood.
/// </summary>
internal sealed class GaussianProcess
{
    private static readonly double[] Lengths = [0.1, 0.2, 0.4, 0.8, 1.6], Noises = [1e-6, 1e-3, 1e-2, 1e-1];

    private readonly IReadOnlyList<double[]> points;
    private readonly double length, mean, deviation;
    private readonly Cholesky<double> factor;
    private readonly Vector<double> weights;

    private GaussianProcess(IReadOnlyList<double[]> points, double length, double mean, double deviation, Cholesky<double> factor, Vector<double> weights)
        => (this.points, this.length, this.mean, this.deviation, this.factor, this.weights) = (points, length, mean, deviation, factor, weights);

    /// <summary>The process given observations.</summary>
    /// <param name="points">Their coordinates; at least one.</param>
    /// <param name="values">Their values, finite.</param>
    public static GaussianProcess Fit(IReadOnlyList<double[]> points, IReadOnlyList<double> values)
    {
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        if (!(deviation > 0)) deviation = 1;
        Vector<double> y = Vector<double>.Build.Dense(values.Count, i => (values[i] - mean) / deviation);
        (double Likelihood, GaussianProcess? Process) best = (double.NegativeInfinity, null);
        foreach (double length in Lengths)
        {
            Matrix<double> kernel = Matrix<double>.Build.Dense(points.Count, points.Count, (i, j) => Kernel(points[i], points[j], length));
            foreach (double noise in Noises)
            {
                Cholesky<double> factor = (kernel + Matrix<double>.Build.DenseDiagonal(points.Count, noise)).Cholesky();
                Vector<double> weights = factor.Solve(y);
                double likelihood = -0.5 * y.DotProduct(weights) - 0.5 * factor.DeterminantLn;
                if (likelihood > best.Likelihood) best = (likelihood, new GaussianProcess(points, length, mean, deviation, factor, weights));
            }
        }

        return best.Process!;
    }

    /// <summary>The mean and the standard deviation of the objective at a point.</summary>
    public (double Mean, double Deviation) Predict(double[] point)
    {
        Vector<double> k = Vector<double>.Build.Dense(points.Count, i => Kernel(points[i], point, length));
        double variance = 1 - k.DotProduct(factor.Solve(k));
        return (mean + deviation * k.DotProduct(weights), deviation * Math.Sqrt(Math.Max(variance, 0)));
    }

    /// <summary>How much lower than the lowest a value is expected to be, where it is lower: (lowest − μ)·Φ(z) + σ·φ(z), z = (lowest − μ)/σ.</summary>
    public static double ExpectedImprovement(double lowest, double mean, double deviation)
    {
        if (deviation <= 0) return Math.Max(lowest - mean, 0);
        double z = (lowest - mean) / deviation;
        return (lowest - mean) * Normal.CDF(0, 1, z) + deviation * Normal.PDF(0, 1, z);
    }

    /// <summary>(1 + s + s²/3)·e^(−s), s = √5·distance/length.</summary>
    private static double Kernel(double[] a, double[] b, double length)
    {
        double square = 0;
        for (int i = 0; i < a.Length; i++) square += (a[i] - b[i]) * (a[i] - b[i]);
        double s = Math.Sqrt(5 * square) / length;
        return (1 + s + s * s / 3) * Math.Exp(-s);
    }
}
