namespace DeepLearning.Tests.Metrics;

/// <summary>What figures are where there is nothing to divide by, and at their ends.</summary>
public sealed class UndefinedFigureTests
{
    private static readonly float[] None = [0, 0, 0], All = [1, 1, 1], Low = [0.1f, 0.2f, 0.3f], High = [0.9f, 0.8f, 0.7f];

    public static TheoryData<Metric, float[], float[], double> OfOneClass => new()
    {
        { new Precision(), Low, None, 0 },
        { new Precision(), Low, All, 0 },
        { new Recall(), High, None, 0 },
        { new F1Score(), Low, None, 0 },
        { new FBetaScore(2), Low, None, 0 },
        { new Specificity(), High, All, 0 },
        { new F1Score(Averaging.Macro), Low, None, 1 },
        { new F1Score(Averaging.Weighted), Low, All, 0 },
        { new BalancedAccuracy(), Low, None, 1 },
        { new BalancedAccuracy(), Low, All, 0 },
        { new MatthewsCorrelation(), Low, None, 0 },
        { new MatthewsCorrelation(), High, None, 0 },
        { new CohenKappa(), Low, None, double.NaN },
        { new CohenKappa(), High, None, 0 },
        { new MeanIoU(), Low, None, 1 },
        { new BinaryIoU(), Low, None, 1 },
        { new BinaryIoU { OfClass1Only = true }, Low, None, 0 },
        { new Auc(), Low, None, double.NaN },
        { new Auc(), Low, All, double.NaN },
        { new Auc(thresholds: 200), Low, All, double.NaN },
        { new AveragePrecision(), Low, None, double.NaN },
        { new AveragePrecision(), Low, All, 1 },
        { new RSquared(), Low, All, double.NaN },
        { new ExplainedVariance(), Low, All, double.NaN },
        { new PearsonCorrelation(), Low, All, double.NaN },
        { new PearsonCorrelation(), All, Low, double.NaN },
        { new PearsonCorrelation(), Low, Low, 1 },
        { new RSquared(), Low, Low, 1 },
        { new ExpectedCalibrationError(), All, All, 0 },
        { new BrierScore(), All, None, 1 },
    };

    [Theory]
    [MemberData(nameof(OfOneClass))]
    public void Of_one_class_or_of_equal_values_a_figure_is_what_its_documentation_says(Metric metric, float[] predictions, float[] targets, double expected)
    {
        MetricSums sums = Of(metric, predictions, targets);
        if (double.IsNaN(expected)) metric.Result(sums).Should().Be(double.NaN);
        else metric.Result(sums).Should().BeApproximately(expected, 1e-12);
    }

    [Fact]
    public void Of_no_samples_a_ratio_is_0_and_everything_else_NaN()
    {
        Metric[] ratios = [new Precision(), new Recall(), new F1Score(Averaging.Macro), new BalancedAccuracy(), new MeanIoU()];
        foreach (Metric metric in ratios) metric.Result(new MetricSums(metric.Size)).Should().Be(0, metric.Name);
        Metric[] others =
        [
            new CohenKappa(), new MatthewsCorrelation(), new Auc(), new Auc(Averaging.Macro), new Auc(thresholds: 9), new AveragePrecision(), new BrierScore(),
            new ExpectedCalibrationError(), new Perplexity(), new HammingLoss(), new RSquared(), new MedianAbsoluteError(), new RootMeanSquaredError(),
        ];
        foreach (Metric metric in others) metric.Result(new MetricSums(metric.Size)).Should().Be(double.NaN, metric.Name);
    }

    [Fact]
    public void A_missing_class_is_left_out_of_a_macro_average_and_makes_the_area_of_all_NaN()
    {
        Tensor predictions = Tensor.From([0.8f, 0.1f, 0.1f, 0.2f, 0.7f, 0.1f, 0.6f, 0.3f, 0.1f], [3, 3]), labels = Tensor.From(0f, 1f, 1f);
        Result(new F1Score(Averaging.Macro) { Classes = 3 }).Should().BeApproximately((2 / 3.0 + 2 / 3.0) / 2, 1e-12);
        Result(new MeanIoU { Classes = 3 }).Should().BeApproximately((1 / 2.0 + 1 / 2.0) / 2, 1e-12);
        Result(new Auc(Averaging.Macro) { Classes = 3 }).Should().Be(double.NaN);
        Result(new Auc(Averaging.Weighted) { Classes = 3 }).Should().Be(1);

        double Result(Metric metric)
        {
            var sums = new MetricSums(metric.Size);
            metric.Accumulate(predictions, labels, null, sums);
            return metric.Result(sums);
        }
    }

    [Fact]
    public void A_label_that_nobody_has_counts_as_0_in_a_macro_average_as_in_scikit_learn()
    {
        var metric = new F1Score(Averaging.Macro) { MultiLabel = true };
        var sums = new MetricSums(metric.Size);
        metric.Accumulate(Tensor.From([0.9f, 0.1f], [1, 2]), Tensor.From([1f, 0f], [1, 2]), null, sums);
        metric.Result(sums).Should().Be(0.5);
    }

    [Fact]
    public void Equal_targets_far_from_0_have_no_variance()
    {
        float[] far = [1e4f + 0.1f, 1e4f + 0.1f, 1e4f + 0.1f];
        var metric = new RSquared();
        metric.Result(Of(metric, Low, far)).Should().Be(double.NaN);
    }

    [Fact]
    public void Targets_far_from_0_keep_six_digits_of_R2()
    {
        float[] targets = [10000.25f, 10000.5f, 10000.75f, 10001f], predictions = [10000.25f, 10000.5f, 10001f, 10001f];
        var metric = new RSquared();
        // Σ e² is 1/16, Σ (t − mean)² 5/16; squares of 10⁴ in double have eight digits behind the point.
        metric.Result(Of(metric, predictions, targets)).Should().BeApproximately(1 - 1 / 5.0, 1e-6);
    }

    private static MetricSums Of(Metric metric, float[] predictions, float[] targets)
    {
        var sums = new MetricSums(metric.Size);
        metric.Accumulate(Tensor.From(predictions, [predictions.Length, 1]), Tensor.From(targets), null, sums);
        return sums;
    }
}
