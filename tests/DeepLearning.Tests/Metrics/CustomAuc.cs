namespace DeepLearning.Tests.Metrics;

/// <summary>The share of pairs of a positive and a negative that are ranked rightly, ties counted half, as a user would write it.</summary>
internal sealed class CustomAuc : Metric
{
    public override string Name => "auc";

    public override bool HigherIsBetter => true;

    public override int Size => 0;

    public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums)
    {
        for (int i = 0; i < predictions.Shape[0]; i++) sums.Append(predictions[i, 0], targets[i, 0], weights?[i] ?? 1f);
    }

    public override double Result(MetricSums sums)
    {
        double positives = 0, negatives = 0, right = 0;
        foreach (IGrouping<float, int> tied in Enumerable.Range(0, sums.Rows).GroupBy(i => sums.Row(i)[0]).OrderBy(g => g.Key))
        {
            double all = tied.Sum(i => (double)sums.Row(i)[2]), positive = tied.Sum(i => (double)sums.Row(i)[2] * sums.Row(i)[1]);
            right += positive * (negatives + (all - positive) / 2);
            (positives, negatives) = (positives + positive, negatives + all - positive);
        }
        return right / (positives * negatives);
    }
}
