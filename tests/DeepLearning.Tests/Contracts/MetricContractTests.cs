using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Contracts;

/// <summary>What every metric promises, run over every row of <see cref="MetricContract"/>.</summary>
public sealed class MetricContractTests
{
    public static TheoryData<int, string> Rows() => ContractRows.Of(MetricContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_sample_has_its_value(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        var values = new float[7];
        row.Metric.PerSample(row.Predictions, row.Targets, values);

        values.ShouldBeCloseTo(row.Expected, 1e-6, name);
        row.Metric.Name.Should().Be(row.Name);
        row.Metric.HigherIsBetter.Should().Be(row.Name.EndsWith("accuracy", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_short_last_batch_counts_for_what_it_holds(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        // A model that gives its inputs back, so that its inputs are the predictions.
        Shape sample = row.Predictions.Shape.WithoutFirst();
        Sequential model = Sequential.Input(sample).Reshape(sample.Dimensions).Build();
        model.Compile(new Sgd(), new AnyTargets(), row.Metric);
        var data = new Dataset(row.Predictions, row.Targets);

        foreach (int batchSize in new[] { 3, 6, 7 })
            model.Evaluate(data, batchSize)[row.Name].Should().BeApproximately((float)row.Expected.Average(), 1e-6f, $"{name}, batches of {batchSize}");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Fault25_null_is_rejected_by_name(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];

        row.Metric.Invoking(m => m.PerSample(null!, row.Targets, new float[7])).Should().Throw<ArgumentNullException>(name).WithParameterName("predictions");
        row.Metric.Invoking(m => m.PerSample(row.Predictions, null!, new float[7])).Should().Throw<ArgumentNullException>(name).WithParameterName("targets");
    }

    [Fact]
    public void A_loss_stands_among_metrics_as_it_is()
    {
        Sequential model = Sequential.Input(1).Flatten().Build();
        model.Compile(new Sgd(), new MeanSquaredError(), new MeanAbsoluteError(), new Huber());
        var data = new Dataset(Tensor.From([1f, 4f], [2, 1]), Tensor.From(0f, 1f));

        Evaluation result = model.Evaluate(data);

        result.Loss.Should().Be(5f);
        result["mean_absolute_error"].Should().Be(2f);
        result["huber"].Should().Be(1.5f);
    }

    /// <summary>A loss that takes any targets: its value does not matter here.</summary>
    private sealed class AnyTargets : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => predictions.Reshape(predictions.Shape[0], -1).Mean(-1);

        public override void Validate(Tensor targets, Shape output) { }
    }
}
