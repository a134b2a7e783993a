namespace DeepLearning.Tests.Contracts;

/// <summary>One metric at one place.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Name">Its name in a history.</param>
/// <param name="Predictions">[7, …].</param>
/// <param name="Targets">[7, …].</param>
/// <param name="Expected">The value of each sample, by hand; of a metric that is no mean its figure.</param>
public sealed record MetricRow(Metric Metric, string Name, Tensor Predictions, Tensor Targets, params double[] Expected)
{
    /// <summary>The figure of all samples.</summary>
    public double Figure => Expected.Average();

    public override string ToString() => $"{Metric.GetType().Name} on {Targets.Shape}";
}
