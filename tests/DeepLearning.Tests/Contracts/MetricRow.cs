namespace DeepLearning.Tests.Contracts;

/// <summary>One metric at one place.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Name">Its name in a history.</param>
/// <param name="Predictions">[7, …].</param>
/// <param name="Targets">[7, …].</param>
/// <param name="Expected">The value of each sample, by hand; of a metric that is no mean its figure.</param>
public sealed record MetricRow(Metric Metric, string Name, Tensor Predictions, Tensor Targets, params double[] Expected)
{
    /// <summary>The figure of all samples; by default the mean of the expected values.</summary>
    public double Figure { get; init; } = Expected.Average();

    /// <summary>What the predictions mean in a model.</summary>
    public OutputMeaning Meaning { get; init; }

    /// <summary>The direction that early stopping follows.</summary>
    public bool HigherIsBetter { get; init; } = true;

    public override string ToString() => $"{Metric} on {Predictions.Shape} and {Targets.Shape}";
}
