namespace DeepLearning.Tests.Contracts;

/// <summary>One metric at one place.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Name">Its name in a history.</param>
/// <param name="Predictions">[7, …].</param>
/// <param name="Targets">[7, …].</param>
/// <param name="Expected">The value of each sample, by hand.</param>
public sealed record MetricRow(Metric Metric, string Name, Tensor Predictions, Tensor Targets, params double[] Expected)
{
    public override string ToString() => $"{Metric.GetType().Name} on {Targets.Shape}";
}
