namespace DeepLearning.Tests.Metrics;

/// <summary>2·tp / (2·tp + fp + fn) of one output, as a user would write it.</summary>
internal sealed class CustomF1 : Metric
{
    public override string Name => "f1";

    public override bool HigherIsBetter => true;

    public override int Size => 3;

    public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        for (int i = 0; i < predictions.Shape[0]; i++)
        {
            bool predicted = predictions[i, 0] > 0.5f, actual = targets[i, 0] > 0.5f;
            if (predicted || actual) sums[predicted && actual ? 0 : predicted ? 1 : 2] += weights?[i] ?? 1f;
        }
    }

    public override double Result(MetricSums sums) => 2 * sums[0] / (2 * sums[0] + sums[1] + sums[2]);
}
