namespace DeepLearning;

/// <summary>
/// R² = 1 − Σ (t − p)² / Σ (t − mean of t)², the coefficient of determination: 1 is exact, 0 is what predicting the targets' mean would give, and worse is
/// negative, without bound; higher is better. With several outputs, the mean of theirs. NaN if an output's targets are all equal (scikit-learn: 1 or 0). Keras:
/// <c>R2Score</c>; scikit-learn: <c>r2_score</c>.
/// </summary>
public sealed class RSquared : MomentMetric
{
    /// <summary>The coefficient of determination.</summary>
    /// <param name="name">The name in a history; <c>r2_score</c> by default.</param>
    public RSquared(string? name = null) : base(name ?? "r2_score") { }

    /// <inheritdoc/>
    protected override double Of(Moments moments)
        => moments.TargetVariance == 0 ? double.NaN : 1 - moments.MeanSquaredError / moments.TargetVariance;
}
