namespace DeepLearning;

/// <summary>
/// (1 + β²)·P·R / (β²·P + R) of precision P and recall R: their harmonic mean, where recall counts β² times; 0 if both are 0. From 0 to 1, higher is better.
/// Keras: <c>FBetaScore</c>, which without a threshold takes the largest output as the class; scikit-learn: <c>fbeta_score</c>.
/// </summary>
public sealed class FBetaScore : CountMetric
{
    private readonly Func<BinaryCounts, double> figure;

    /// <summary>The F-score of the positive class, or one figure of several classes.</summary>
    /// <param name="beta">β, above 0: above 1 recall counts more, below 1 precision; 1 by default, which is <see cref="F1Score"/>.</param>
    /// <param name="averaging">How several classes or labels become one figure; by default one output or two classes are expected.</param>
    /// <param name="threshold">The probability above which one output, the second of two classes, or a label is predicted, in (0, 1); 0.5 by default.</param>
    /// <param name="name">The name in a history; <c>fbeta_score</c> by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public FBetaScore(double beta = 1, Averaging averaging = Averaging.Binary, double threshold = 0.5, string? name = null)
        : base(name ?? "fbeta_score", averaging, threshold)
    {
        Beta = Setting.Positive(beta, nameof(beta));
        figure = c => c.FBeta(beta);
    }

    /// <summary>β.</summary>
    public double Beta { get; }

    /// <summary>For example <c>FBetaScore(Macro, threshold 0.5, beta 2)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{base.ToString()[..^1]}, beta {Beta})");

    /// <inheritdoc/>
    protected override double Of(ClassCounts counts) => Average(counts, figure);
}
