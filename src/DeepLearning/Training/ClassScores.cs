namespace DeepLearning;

/// <summary>A row of a <see cref="ClassificationReport"/>.</summary>
/// <param name="Name">The class, or the average.</param>
/// <param name="Precision">The fraction of those predicted as the class that belong to it.</param>
/// <param name="Recall">The fraction of the class that was found.</param>
/// <param name="F1Score">The harmonic mean of both.</param>
/// <param name="Support">The samples of the class in the targets; for an average, all samples.</param>
public readonly record struct ClassScores(string Name, double Precision, double Recall, double F1Score, long Support)
{
    /// <summary>The scores of a class.</summary>
    internal static ClassScores Of(string name, BinaryCounts counts) => new(name, counts.Precision, counts.Recall, counts.FBeta(1), (long)counts.Support);
}
