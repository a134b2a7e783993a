namespace DeepLearning.Tests.Metrics;

/// <summary>1 − Σ (t − p)² / Σ (t − mean of t)², as a user would write it.</summary>
internal sealed class CustomRSquared : Metric
{
    public override string Name => "r2";

    public override bool HigherIsBetter => true;

    public override int Size => 4;

    public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        for (int i = 0; i < predictions.Shape[0]; i++)
        {
            double target = targets[i, 0], error = target - predictions[i, 0], weight = weights?[i] ?? 1f;
            sums[0] += weight;
            sums[1] += weight * target;
            sums[2] += weight * target * target;
            sums[3] += weight * error * error;
        }
    }

    public override double Result(MetricSums sums) => 1 - sums[3] / (sums[2] - sums[1] * sums[1] / sums[0]);
}
