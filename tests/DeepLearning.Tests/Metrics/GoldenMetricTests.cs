using System.Text.Json;

namespace DeepLearning.Tests.Metrics;

/// <summary>Every figure of golden.json's metrics, which scikit-learn and torchmetrics computed.</summary>
public sealed class GoldenMetricTests
{
    private const int Classes = 5, Labels = 4;

    /// <summary>The inputs of a task, which are no figures.</summary>
    private static readonly string[] Inputs = ["targets", "scores", "weights", "probabilities", "predictions"];

    /// <summary>The figures that no metric of ours has, and why.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["multiclass/confusion"] = "a table, in ConfusionTableTests",
        ["multilabel/f1_samples"] = "a mean over samples, in ClassificationReportTests",
        ["regression/mape_fraction"] = "a loss, shown as every loss is; Keras's is in percent",
        ["regression/max_error"] = "a maximum is no sum, and one sample's error says little about a model",
    };

    public static TheoryData<string, Metric> Figures => new()
    {
        { "binary/roc_auc", new Auc() },
        { "binary/roc_auc_weighted", new Auc() },
        { "binary/average_precision", new AveragePrecision() },
        { "binary/log_loss", new BinaryCrossEntropy() },
        { "binary/brier", new BrierScore() },
        { "binary/precision", new Precision() },
        { "binary/recall", new Recall() },
        { "binary/f1", new F1Score() },
        { "binary/f2", new FBetaScore(2) },
        { "binary/mcc", new MatthewsCorrelation() },
        { "binary/kappa", new CohenKappa() },
        { "binary/balanced_accuracy", new BalancedAccuracy() },
        { "binary/specificity", new Specificity() },
        { "binary/accuracy_weighted", new BinaryAccuracy() },
        { "multiclass/accuracy", new SparseCategoricalAccuracy() },
        { "multiclass/log_loss", new SparseCategoricalCrossEntropy() },
        { "multiclass/mcc", new MatthewsCorrelation { Classes = Classes } },
        { "multiclass/kappa", new CohenKappa { Classes = Classes } },
        { "multiclass/top2", new SparseTopKCategoricalAccuracy(2) },
        { "multiclass/top3", new SparseTopKCategoricalAccuracy(3) },
        { "multiclass/roc_auc_ovr_macro", new Auc(Averaging.Macro) { Classes = Classes } },
        { "multiclass/roc_auc_ovo_macro", new Auc(Averaging.Macro) { Classes = Classes, OneVsOne = true } },
        { "multiclass/f1_micro", new F1Score(Averaging.Micro) { Classes = Classes } },
        { "multiclass/precision_micro", new Precision(Averaging.Micro) { Classes = Classes } },
        { "multiclass/recall_micro", new Recall(Averaging.Micro) { Classes = Classes } },
        { "multiclass/f1_macro", new F1Score(Averaging.Macro) { Classes = Classes } },
        { "multiclass/precision_macro", new Precision(Averaging.Macro) { Classes = Classes } },
        { "multiclass/recall_macro", new Recall(Averaging.Macro) { Classes = Classes } },
        { "multiclass/f1_weighted", new F1Score(Averaging.Weighted) { Classes = Classes } },
        { "multiclass/precision_weighted", new Precision(Averaging.Weighted) { Classes = Classes } },
        { "multiclass/recall_weighted", new Recall(Averaging.Weighted) { Classes = Classes } },
        { "multiclass/expected_calibration_error_15_bins", new ExpectedCalibrationError() },
        { "multilabel/f1_micro", new F1Score(Averaging.Micro) { Classes = Labels, MultiLabel = true } },
        { "multilabel/f1_macro", new F1Score(Averaging.Macro) { Classes = Labels, MultiLabel = true } },
        { "multilabel/hamming_loss", new HammingLoss() },
        { "multilabel/subset_accuracy", new SubsetAccuracy() },
        { "multilabel/roc_auc_macro", new Auc(Averaging.Macro) { Classes = Labels, MultiLabel = true } },
        { "multilabel/lrap", new LabelRankingAveragePrecision() },
        { "regression/mse", new MeanSquaredError() },
        { "regression/rmse", new RootMeanSquaredError() },
        { "regression/mae", new MeanAbsoluteError() },
        { "regression/r2", new RSquared() },
        { "regression/explained_variance", new ExplainedVariance() },
        { "regression/median_absolute_error", new MedianAbsoluteError() },
        { "regression/pearson", new PearsonCorrelation() },
    };

    [SkippableTheory]
    [MemberData(nameof(Figures))]
    public void A_metric_has_the_golden_figure_in_any_batches(string figure, Metric metric)
    {
        string task = figure.Split('/')[0];
        JsonElement golden = GoldenMetrics.Of(task);
        double expected = golden.GetProperty(figure.Split('/')[1]).GetDouble();
        (Tensor predictions, Tensor targets) = GoldenMetrics.Task(task);
        Tensor? weights = figure.EndsWith("_weighted", StringComparison.Ordinal) && task == "binary" ? Tensor.From(golden.Numbers("weights")) : null;
        var sums = new MetricSums(metric.Size);
        int rows = targets.Shape[0];
        foreach ((int from, int to) in ((int, int)[])[(0, 1), (1, 38), (38, rows)])
            metric.Accumulate(predictions[from..to], targets[from..to], weights?[from..to], sums);

        // The figures are of doubles, the tensors are float32: 24 bits of a score of 1, and of squares up to 100.
        metric.Result(sums).Should().BeApproximately(expected, 1e-6);
    }

    [SkippableFact]
    public void Every_golden_figure_is_computed_or_left_out_for_a_reason()
    {
        IEnumerable<string> golden = new[] { "binary", "multiclass", "multilabel", "regression" }
            .SelectMany(task => GoldenMetrics.Of(task).EnumerateObject().Where(p => !Inputs.Contains(p.Name)).Select(p => $"{task}/{p.Name}"));
        golden.Should().BeEquivalentTo(Figures.Select(row => (string)row[0]).Concat(LeftOut.Keys));
        LeftOut.Values.Should().OnlyContain(reason => reason.Length > 10);
    }
}
