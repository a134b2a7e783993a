namespace DeepLearning.Tests.Metrics;

/// <summary>Means over samples, with weights and without.</summary>
public sealed class MeanMetricTests
{
    private static readonly Tensor Values = Tensor.From([0.1f, 0.2f, 0.7f, 1e8f], [4, 1]), Weights = Tensor.From(1f, 0f, 3f, 0.5f);

    [Fact]
    public void The_mean_has_the_bits_of_one_sum_in_the_order_of_the_samples()
    {
        double expected = 0;
        foreach (float v in Values.ToArray()) expected += v;
        new Own().Result(Of(new Own(), null, [4])).Should().Be(expected / 4);
        new Own().Result(Of(new Own(), null, [1, 2, 1])).Should().Be(expected / 4);
    }

    [Fact]
    public void Weights_count_and_one_of_0_does_not()
    {
        double expected = (0.1f + 3.0 * 0.7f + 0.5 * 1e8f) / 4.5;
        new Own().Result(Of(new Own(), Weights, [4])).Should().Be(expected);
        new Own().Result(Of(new Own(), Weights, [3, 1])).Should().Be(expected);
        new Own().Result(Of(new Own(), Tensor.Ones([4]), [4])).Should().Be(new Own().Result(Of(new Own(), null, [4])));
        new Own().Result(Of(new Own(), Tensor.Zeros([4]), [4])).Should().Be(double.NaN);
        new Own().Result(new MetricSums(2)).Should().Be(double.NaN);
    }

    [Fact]
    public void Bad_weights_are_refused_and_nothing_is_added()
    {
        var sums = new MetricSums(2);
        foreach (Tensor wrong in (Tensor[])[Tensor.Ones([3]), Tensor.Ones([4, 1])])
        {
            FluentActions.Invoking(() => new Own().Accumulate(Values, Values, wrong, sums))
                .Should().Throw<ShapeMismatchException>().WithMessage("*one weight per sample, [4], got*").WithParameterName("weights");
        }

        foreach (float wrong in (float[])[-1f, float.NaN, float.PositiveInfinity])
        {
            FluentActions.Invoking(() => new Own().Accumulate(Values, Values, Tensor.From(1f, wrong, 1f, 1f), sums))
                .Should().Throw<ArgumentException>().WithMessage("*weight of row 1*");
        }

        FluentActions.Invoking(() => new Own().Accumulate(Tensor.Zeros([]), Values, null, sums)).Should().Throw<ShapeMismatchException>();
        FluentActions.Invoking(() => new Own().Accumulate(Values, Values, null, null!)).Should().Throw<ArgumentNullException>().WithParameterName("sums");
        (sums[0], sums[1]).Should().Be((0.0, 0.0));
    }

    private static MetricSums Of(Metric metric, Tensor? weights, int[] batches)
    {
        var sums = new MetricSums(metric.Size);
        int from = 0;
        foreach (int count in batches)
        {
            Tensor rows = Values[from..(from + count)];
            metric.Accumulate(rows, rows, weights?[from..(from + count)], sums);
            from += count;
        }

        return sums;
    }

    /// <summary>The prediction itself.</summary>
    private sealed class Own : MeanMetric
    {
        public override bool HigherIsBetter => false;

        public override string Name => "own";

        public override void PerSample(Tensor predictions, Tensor targets, Span<float> values) => predictions.AsReadOnlySpan().CopyTo(values);
    }
}
