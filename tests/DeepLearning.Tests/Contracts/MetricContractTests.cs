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
        row.Metric.Name.Should().Be(row.Name);
        row.Metric.HigherIsBetter.Should().Be(row.HigherIsBetter, name);
        if (row.Metric is not MeanMetric mean) return;
        var values = new float[7];
        mean.PerSample(row.Predictions, row.Targets, values);

        values.ShouldBeCloseTo(row.Expected, 1e-6, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Sums_of_batches_are_added_up_in_any_way(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        MetricSums whole = Of(row, null, 0..7), batches = Of(row, null, 0..2, 2..3, 3..7), first = Of(row, null, 0..4), second = Of(row, null, 4..7);
        first.Merge(second);

        // The expected values are of decimals, the tensors are float32.
        row.Metric.Result(whole).Should().BeApproximately(row.Figure, 1e-6, name);
        row.Metric.Result(batches).Should().BeApproximately(row.Metric.Result(whole), 1e-13, name);
        row.Metric.Result(first).Should().BeApproximately(row.Metric.Result(whole), 1e-13, name);
        (whole.Size, first.Rows).Should().Be((row.Metric.Size, whole.Rows), name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_weight_counts_as_so_many_equal_samples(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        float[] weights = [2, 0, 1, 3, 1, 2, 1];
        Range[] repeated = [.. Enumerable.Range(0, 7).SelectMany(i => Enumerable.Repeat(i..(i + 1), (int)weights[i]))];

        row.Metric.Result(Of(row, Tensor.From(weights), 0..3, 3..7)).Should().BeApproximately(row.Metric.Result(Of(row, null, repeated)), 1e-13, name);
        row.Metric.Result(Of(row, Tensor.Ones([7]), 0..7)).Should().Be(row.Metric.Result(Of(row, null, 0..7)), name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_short_last_batch_counts_for_what_it_holds(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        Sequential model = Compiled(row);
        var data = new Dataset(row.Predictions, row.Targets);

        foreach (int batchSize in new[] { 3, 6, 7 })
            model.Evaluate(data, batchSize)[row.Name].Should().BeApproximately((float)row.Figure, 1e-6f, $"{name}, batches of {batchSize}");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Fault25_null_is_rejected_by_name(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        if (!IsOfTheLibrary(row.Metric)) return;
        var sums = new MetricSums(row.Metric.Size);

        row.Metric.Invoking(m => m.Accumulate(null!, row.Targets, null, sums)).Should().Throw<ArgumentNullException>(name).WithParameterName("predictions");
        row.Metric.Invoking(m => m.Accumulate(row.Predictions, null!, null, sums)).Should().Throw<ArgumentNullException>(name).WithParameterName("targets");
        row.Metric.Invoking(m => m.Accumulate(row.Predictions, row.Targets, null, null!)).Should().Throw<ArgumentNullException>(name).WithParameterName("sums");
        row.Metric.Invoking(m => m.Result(null!)).Should().Throw<ArgumentNullException>(name).WithParameterName("sums");
        row.Metric.Invoking(m => m.Validate(null!, Shape.Scalar)).Should().Throw<ArgumentNullException>(name).WithParameterName("targets");
        if (row.Metric is not MeanMetric mean) return;
        mean.Invoking(m => m.PerSample(null!, row.Targets, new float[7])).Should().Throw<ArgumentNullException>(name).WithParameterName("predictions");
        mean.Invoking(m => m.PerSample(row.Predictions, null!, new float[7])).Should().Throw<ArgumentNullException>(name).WithParameterName("targets");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_cannot_be_added_is_refused_and_nothing_is_changed(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        if (!IsOfTheLibrary(row.Metric)) return;
        var sums = new MetricSums(row.Metric.Size);
        Tensor more = Tensor.Zeros([8]), none = Tensor.Zeros([]);

        row.Metric.Invoking(m => m.Accumulate(row.Predictions, row.Targets, more, sums)).Should().Throw<ShapeMismatchException>(name);
        row.Metric.Invoking(m => m.Accumulate(row.Predictions, row.Targets, Tensor.Full([7], -1f), sums)).Should().Throw<ArgumentException>(name);
        row.Metric.Invoking(m => m.Accumulate(row.Predictions, more, null, sums)).Should().Throw<ArgumentException>(name);
        row.Metric.Invoking(m => m.Accumulate(none, row.Targets, null, sums)).Should().Throw<ArgumentException>(name);
        if (row.Metric is not MeanMetric)
            row.Metric.Invoking(m => m.Accumulate(row.Predictions, row.Targets, null, new MetricSums(m.Size + 1))).Should().Throw<ArgumentException>(name);
        Enumerable.Range(0, sums.Size).Sum(i => sums[i]).Should().Be(0, name);
        sums.Rows.Should().Be(0, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_sample_of_weight_0_may_be_anything_and_one_that_counts_makes_NaN_of_the_figure(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        // A row with NaN is no right answer for accuracies, and losses have their own rules.
        bool isAccuracy = row.Metric is MeanMetric and not SubsetAccuracy && row.Name.EndsWith("accuracy", StringComparison.Ordinal);
        if (!IsOfTheLibrary(row.Metric) || row.Metric is LossMetric || isAccuracy) return;
        Tensor predictions = row.Predictions.Clone();
        for (int i = 0; i < predictions.Shape[1]; i++) predictions[2, i] = float.NaN;
        var sums = new MetricSums(row.Metric.Size);
        row.Metric.Accumulate(predictions, row.Targets, null, sums);
        row.Metric.Result(sums).Should().Be(double.NaN, name);
        if (row.Metric is MeanMetric) return;

        Tensor weights = Tensor.From(1f, 1f, 0f, 1f, 1f, 1f, 1f);
        sums = new MetricSums(row.Metric.Size);
        row.Metric.Accumulate(predictions, row.Targets, weights, sums);
        row.Metric.Result(sums).Should().Be(row.Metric.Result(Of(row, weights, 0..7)), name).And.NotBe(double.NaN);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_step_allocates_nothing_for_it(int index, string name)
    {
        MetricRow row = MetricContract.Rows[index];
        var meter = new AllocationMeter();
        Sequential model = Compiled(row);

        model.Fit(new Dataset(row.Predictions, row.Targets, Tensor.Ones([7])), new FitOptions { Epochs = AllocationMeter.Epochs, BatchSize = 2, Callbacks = [meter] });

        meter.Least.Should().Be(0, name);
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

    /// <summary>The sums of these rows of the row's data, a batch each.</summary>
    private static MetricSums Of(MetricRow row, Tensor? weights, params Range[] batches)
    {
        var sums = new MetricSums(row.Metric.Size);
        foreach (Range batch in batches) row.Metric.Accumulate(row.Predictions[batch], row.Targets[batch], weights?[batch], sums);
        return sums;
    }

    private static bool IsOfTheLibrary(Metric metric) => metric.GetType().Assembly == typeof(Metric).Assembly;

    /// <summary>A model that gives its inputs back, so that its inputs are the predictions, of the row's meaning.</summary>
    private static Sequential Compiled(MetricRow row)
        => Sequential.Input(row.Predictions.Shape.WithoutFirst()).Add(new Given(row.Meaning)).Build().Compile(new Sgd(), new AnyTargets(), row.Metric);

    private sealed class Given(OutputMeaning meaning) : Layer
    {
        public override OutputMeaning OutputMeaning => meaning;

        public override Tensor Forward(Tensor x, LayerContext context) => x;
    }

    /// <summary>A loss that takes any targets: its value does not matter here.</summary>
    private sealed class AnyTargets : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => predictions.Reshape(predictions.Shape[0], -1).Mean(-1);

        public override void Validate(Tensor targets, Shape output) { }
    }
}
