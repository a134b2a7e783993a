namespace DeepLearning.Tests.Metrics;

/// <summary>Settings of metrics of classes, and the parts that people build their own of.</summary>
public sealed class ClassMetricTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_threshold_is_between_0_and_1(double threshold)
    {
        Action[] makes =
        [
            () => _ = new Precision(threshold: threshold), () => _ = new HammingLoss(threshold), () => _ = new SubsetAccuracy(threshold),
            () => _ = new CohenKappa(threshold),
        ];
        foreach (Action make in makes) make.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(threshold)).WithMessage("*between 0 and 1*");
    }

    [Fact]
    public void Other_settings_out_of_range_are_refused()
    {
        (Action, string)[] makes =
        [
            (() => _ = new FBetaScore(0), "beta"), (() => _ = new TopKCategoricalAccuracy(0), "k"), (() => _ = new SparseTopKCategoricalAccuracy(-1), "k"),
            (() => _ = new ExpectedCalibrationError(0), "bins"), (() => _ = new Auc(thresholds: 1), "thresholds"),
            (() => _ = new Auc { Classes = 1 }, "classes"),
            (() => _ = new F1Score { Classes = 1 }, "classes"), (() => _ = new AveragePrecision { Classes = 0 }, "classes"),
            (() => _ = new RSquared { Outputs = 0 }, "value"),
        ];
        foreach ((Action make, string name) in makes) make.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
    }

    [Fact]
    public void A_metric_shows_its_settings()
    {
        (Metric, string)[] texts =
        [
            (new Precision(Averaging.Macro, 0.3), "Precision(Macro, threshold 0.3)"), (new CohenKappa(), "CohenKappa(threshold 0.5)"),
            (new FBetaScore(2), "FBetaScore(Binary, threshold 0.5, beta 2)"),
            (new BinaryIoU { OfClass1Only = true }, "BinaryIoU(Binary, threshold 0.5, of class 1)"),
            (new Auc(Averaging.Macro, 200), "Auc(Macro, 200 thresholds)"), (new Auc(Averaging.Macro) { OneVsOne = true }, "Auc(Macro, one against one)"),
            (new AveragePrecision(), "AveragePrecision(Binary)"), (new HammingLoss(0.25), "HammingLoss(0.25)"), (new SubsetAccuracy(), "SubsetAccuracy(0.5)"),
            (new ExpectedCalibrationError(10), "ExpectedCalibrationError(10)"), (new TopKCategoricalAccuracy(3), "TopKCategoricalAccuracy(3)"),
            (new SparseTopKCategoricalAccuracy(), "SparseTopKCategoricalAccuracy(5)"), (new RSquared(), "RSquared"),
        ];
        foreach ((Metric metric, string text) in texts) metric.ToString().Should().Be(text);
        (new Auc(thresholds: 200).Thresholds, new Auc().Thresholds, new F1Score(threshold: 0.25).Threshold).Should().Be((200, null, 0.25));
    }

    [Fact]
    public void Of_equal_predictions_the_first_are_the_best_and_NaN_is_never_right()
    {
        var values = new float[2];
        new SparseTopKCategoricalAccuracy(2).PerSample(Tensor.Ones([2, 3]), Tensor.From(1f, 2f), values);
        values.Should().Equal(1f, 0f);
        new TopKCategoricalAccuracy(3).PerSample(Tensor.From([1f, 2f, float.NaN, 1f, 2f, 3f], [2, 3]), Tensor.From([0f, 1f, 0f, 1f, 0f, 0f], [2, 3]), values);
        values.Should().Equal(0f, 1f);
        new SparseTopKCategoricalAccuracy(2).Invoking(m => m.PerSample(Tensor.Ones([2, 3]), Tensor.From([1f, 0f, 0f, 1f, 0f, 0f], [2, 3]), new float[2]))
            .Should().Throw<ShapeMismatchException>().WithMessage("*one label for each row*");
        new TopKCategoricalAccuracy(2).Invoking(m => m.PerSample(Tensor.Ones([2, 3]), Tensor.Zeros([2]), new float[2]))
            .Should().Throw<ShapeMismatchException>().WithMessage("*one-hot targets*");
    }

    [Fact]
    public void An_area_by_thresholds_comes_near_the_exact_one()
    {
        Tensor scores = Tensor.RandomUniform([500, 1], seed: 1).Abs(), noise = Tensor.RandomUniform([500, 1], seed: 2).Abs();
        Tensor targets = Tensor.From([.. Enumerable.Range(0, 500).Select(i => scores[i, 0] > noise[i, 0] ? 1f : 0f)], [500, 1]);
        double exact = Area(new Auc());
        Area(new Auc(thresholds: 200)).Should().BeApproximately(exact, 1e-3).And.NotBe(exact);
        exact.Should().BeInRange(0.7, 0.95);

        double Area(Metric metric)
        {
            var sums = new MetricSums(metric.Size);
            metric.Accumulate(scores, targets, null, sums);
            return metric.Result(sums);
        }
    }

    [Fact]
    public void A_custom_figure_of_counts_or_moments_is_a_line()
    {
        var data = new Dataset(new float[,] { { 0.9f }, { 0.2f }, { 0.6f }, { 0.4f } }, new[] { 1, 1, 0, 0 });
        Sequential model = Sequential.Input(1).Sigmoid().Build();
        model.Compile(new Sgd(), new BinaryCrossEntropy(), new Youden(), new Bias());
        Evaluation result = model.Evaluate(data, batchSize: 3);
        // All sigmoids are above 0.5.
        result["youden"].Should().Be(0f);
        result["variance"].Should().BeApproximately(0.25f, 1e-6f);
    }

    [Fact]
    public void Counts_of_classes_are_read_by_class_and_together()
    {
        (int, BinaryCounts, double)? seen = null;
        var metric = new Seen(counts => seen = (counts.Count, counts.Sum, counts.Total)) { Classes = 3 };
        var sums = new MetricSums(metric.Size);
        metric.Accumulate(Tensor.From([0.8f, 0.1f, 0.1f, 0.2f, 0.7f, 0.1f], [2, 3]), Tensor.From(0f, 2f), null, sums);
        metric.Result(sums);
        seen.Should().Be((3, new BinaryCounts(1, 1, 1, 3), 2.0));
        metric.Invoking(m => new Seen(counts => _ = counts[3]) { Classes = 3 }.Result(sums)).Should().Throw<ArgumentOutOfRangeException>();
        metric.Invoking(m => new Seen(counts => counts.Average(Averaging.Macro, null!)) { Classes = 3 }.Result(sums)).Should().Throw<ArgumentNullException>();
    }

    private sealed class Youden() : CountMetric("youden", Averaging.Binary)
    {
        protected override double Of(ClassCounts counts) => counts[1].Recall + counts[1].Specificity - 1;
    }

    private sealed class Bias() : MomentMetric("variance")
    {
        protected override double Of(Moments moments) => moments.TargetVariance;
    }

    private sealed class Seen(Action<ClassCounts> look) : CountMetric("seen", averaging: null)
    {
        protected override double Of(ClassCounts counts)
        {
            look(counts);
            return 0;
        }
    }
}
