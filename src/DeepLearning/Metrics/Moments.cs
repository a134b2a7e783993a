namespace DeepLearning;

/// <summary>Weighted means over the samples of the targets t, the predictions p and the errors t − p of one output, in double precision.</summary>
public readonly record struct Moments
{
    /// <summary>The number of sums.</summary>
    internal const int Size = 7;

    /// <param name="sums">As <see cref="Add"/> adds them.</param>
    /// <param name="weight">Σ w.</param>
    internal Moments(ReadOnlySpan<double> sums, double weight)
    {
        double target = sums[0] / weight, prediction = sums[2] / weight, error = sums[4] / weight;
        MeanSquaredError = sums[5] / weight;
        // Rounding must not make a variance negative, nor that of a constant nonzero.
        TargetVariance = Variance(sums[1] / weight, target);
        PredictionVariance = Variance(sums[3] / weight, prediction);
        ErrorVariance = Math.Max(0, MeanSquaredError - error * error);
        Covariance = sums[6] / weight - target * prediction;
    }

    /// <summary>The mean of (t − p)².</summary>
    public double MeanSquaredError { get; }

    /// <summary>The variance of t: the mean of t² minus the square of the mean.</summary>
    public double TargetVariance { get; }

    /// <summary>The variance of p.</summary>
    public double PredictionVariance { get; }

    /// <summary>The variance of t − p.</summary>
    public double ErrorVariance { get; }

    /// <summary>The covariance of t and p.</summary>
    public double Covariance { get; }

    /// <summary>Adds a sample.</summary>
    internal static void Add(Span<double> sums, double p, double t, double weight)
    {
        double error = t - p;
        sums[0] += weight * t;
        sums[1] += weight * t * t;
        sums[2] += weight * p;
        sums[3] += weight * p * p;
        sums[4] += weight * error;
        sums[5] += weight * error * error;
        sums[6] += weight * t * p;
    }

    private static double Variance(double square, double mean)
    {
        double variance = square - mean * mean;
        return variance <= 1e-14 * square ? 0 : variance;
    }
}
