namespace DeepLearning;

/// <summary>
/// 1 − Var(t − p) / Var(t): like <see cref="RSquared"/>, but a constant error does not count. 1 is best, and it may be negative; higher is better. With several
/// outputs, the mean of theirs. NaN if an output's targets are all equal (scikit-learn: 1 or 0). scikit-learn: <c>explained_variance_score</c>.
/// </summary>
public sealed class ExplainedVariance : MomentMetric
{
    /// <summary>The explained share of the variance.</summary>
    /// <param name="name">The name in a history; <c>explained_variance</c> by default.</param>
    public ExplainedVariance(string? name = null) : base(name ?? "explained_variance") { }

    /// <inheritdoc/>
    protected override double Of(Moments moments) => moments.TargetVariance == 0 ? double.NaN : 1 - moments.ErrorVariance / moments.TargetVariance;
}
