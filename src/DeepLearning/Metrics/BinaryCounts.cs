namespace DeepLearning;

/// <summary>
/// How often yes and no were predicted correctly and wrongly, for one class against the others: sums of the samples' weights, which are 1 unless a metric is
/// <see cref="Metric.Weighted"/>. A ratio without a denominator is 0, as in Keras and in scikit-learn.
/// </summary>
/// <param name="TruePositives">The samples of the class that were predicted as such.</param>
/// <param name="FalsePositives">The samples of other classes that were predicted as this one.</param>
/// <param name="FalseNegatives">The samples of the class that were predicted as another.</param>
/// <param name="TrueNegatives">The samples of other classes that were predicted as others.</param>
public readonly record struct BinaryCounts(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>The samples of the class: scikit-learn's <c>support</c>.</summary>
    public double Support => TruePositives + FalseNegatives;

    /// <summary>TP / (TP + FP): the fraction of those predicted that are correct. 0 if none was predicted.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>TP / (TP + FN): the fraction of the class that was found. 0 if there are none.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary>TN / (TN + FP): the fraction of the others not predicted. 0 if there are none.</summary>
    public double Specificity => Ratio(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>TP / (TP + FP + FN): the intersection over the union. 0 if both are empty.</summary>
    public double IntersectionOverUnion => Ratio(TruePositives, TruePositives + FalsePositives + FalseNegatives);

    /// <summary>(1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP): the harmonic mean of precision and recall, where recall counts β² times. 0 if it is 0 / 0.</summary>
    /// <param name="beta">β; 1 for F1.</param>
    public double FBeta(double beta)
    {
        double square = beta * beta, right = (1 + square) * TruePositives;
        return Ratio(right, right + square * FalseNegatives + FalsePositives);
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
