namespace DeepLearning;

/// <summary>
/// Cov(t, p) / √(Var(t)·Var(p)) over the samples, from −1 to 1; higher is better. With several outputs, the mean of theirs. NaN if an output's targets or
/// predictions are all equal. SciPy: <c>pearsonr</c>; torchmetrics: <c>PearsonCorrCoef</c>. Keras's <c>PearsonCorrelation</c> runs over the outputs of each
/// sample, this one over the samples.
/// </summary>
public sealed class PearsonCorrelation : MomentMetric
{
    /// <summary>Pearson's correlation coefficient.</summary>
    /// <param name="name">The name in a history; <c>pearson_correlation</c> by default.</param>
    public PearsonCorrelation(string? name = null) : base(name ?? "pearson_correlation") { }

    /// <inheritdoc/>
    protected override double Of(Moments moments)
    {
        double product = moments.TargetVariance * moments.PredictionVariance;
        return product == 0 ? double.NaN : Math.Clamp(moments.Covariance / Math.Sqrt(product), -1, 1);
    }
}
