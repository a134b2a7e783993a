using System.Text.Json;
using DeepLearning.Tests.Architecture;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepLearning.Tests.Metrics;

/// <summary>F1, R² and the area under the ROC curve as a user writes them: small, and scikit-learn's figures.</summary>
public sealed class CustomMetricTests
{
    /// <summary>The task, the name of its predictions and weights, the metric, and the name of its figure.</summary>
    public static TheoryData<string, string, string?, Metric, string> Figures => new()
    {
        { "binary", "scores", null, new CustomF1(), "f1" },
        { "binary", "scores", null, new CustomAuc(), "roc_auc" },
        { "binary", "scores", "weights", new CustomAuc(), "roc_auc_weighted" },
        { "binary", "scores", "weights", new BinaryAccuracy(), "accuracy_weighted" },
        { "binary", "scores", null, new BinaryCrossEntropy(), "log_loss" },
        { "binary", "scores", null, new MeanSquaredError(), "brier" },
        { "regression", "predictions", null, new CustomRSquared(), "r2" },
        { "regression", "predictions", null, new MeanSquaredError(), "mse" },
        { "regression", "predictions", null, new MeanAbsoluteError(), "mae" },
    };

    [SkippableTheory]
    [MemberData(nameof(Figures))]
    public void A_metric_has_the_figure_of_scikit_learn_in_any_batches_and_merged_from_halves(
        string task, string scores, string? weighted, Metric metric, string figure)
    {
        JsonElement golden = GoldenMetrics.Of(task);
        double expected = golden.GetProperty(figure).GetDouble();
        float[] p = golden.Numbers(scores), t = golden.Numbers("targets"), w = weighted is null ? [] : golden.Numbers(weighted);
        MetricSums batches = Of([0, 1, 8, 71, 72, p.Length]), first = Of([0, p.Length / 2]), second = Of([p.Length / 2, p.Length]);
        first.Merge(second);

        // The figures are of doubles, the tensors are float32: 24 bits of a score of 1, and of squares up to 100.
        metric.Result(batches).Should().BeApproximately(expected, 1e-6);
        // Sums of the same numbers in another order, in double.
        metric.Result(first).Should().BeApproximately(metric.Result(batches), 1e-13);

        MetricSums Of(int[] ends)
        {
            var sums = new MetricSums(metric.Size);
            foreach ((int from, int to) in ends.Zip(ends.Skip(1)))
                metric.Accumulate(Column(p[from..to]), Column(t[from..to]), w.Length == 0 ? null : Tensor.From(w)[from..to], sums);
            return sums;
        }
    }

    private static Tensor Column(float[] values) => Tensor.From(values, [values.Length, 1]);

    [Theory]
    [InlineData(new float[] { 0.1f, 0.4f, 0.35f, 0.8f }, 0.75)]
    [InlineData(new float[] { 0.5f, 0.5f, 0.5f, 0.5f }, 0.5)]
    [InlineData(new float[] { 0.9f, 0.8f, 0.2f, 0.1f }, 0)]
    public void The_area_under_the_curve_is_that_of_pairs_counted_by_hand(float[] scores, double expected)
    {
        var metric = new CustomAuc();
        var sums = new MetricSums(0);
        metric.Accumulate(Column(scores), Column([0, 0, 1, 1]), null, sums);
        metric.Result(sums).Should().Be(expected);
    }

    [Fact]
    public void Each_is_a_class_of_at_most_25_lines()
    {
        Dictionary<string, int> lines = SourceTree.Under("tests/DeepLearning.Tests/Metrics")
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
            .Where(c => c.Identifier.ValueText is nameof(CustomF1) or nameof(CustomRSquared) or nameof(CustomAuc))
            .ToDictionary(c => c.Identifier.ValueText, c => c.ToString().Split('\n').Length);

        lines.Should().HaveCount(3);
        lines.Values.Should().OnlyContain(count => count > 5 && count <= 25);
    }

    [Fact]
    public void Early_stopping_follows_a_custom_metric_of_the_validation_in_its_direction()
    {
        Dataset data = Ranks(90, seed: 3), validation = Ranks(40, seed: 4);
        var stopping = new EarlyStopping { Monitor = "val_auc", Patience = 2 };
        // Weights that do not change: no epoch is better than the first.
        Sequential model = Model().Compile(new Sgd(0), new BinaryCrossEntropy(), new CustomAuc());
        History history = model.Fit(data, new FitOptions { Epochs = 9, Validation = validation, Callbacks = [stopping] });

        (history.Epochs, stopping.BestEpoch).Should().Be((3, 0));
        history["val_auc"].Should().OnlyContain(v => v == history["val_auc"][0]);
        history["val_auc"][0].Should().BeInRange(0.01f, 0.99f).And.Be(model.Evaluate(validation, 7)["auc"]);

        Model().Compile(new Adam(0.1), new BinaryCrossEntropy(), new CustomAuc())
            .Fit(data, new FitOptions { Epochs = 9, Validation = validation, Callbacks = [stopping] })["val_auc"][stopping.BestEpoch]
            .Should().BeGreaterThan(0.9f, "more is better");
    }

    [Fact]
    public void Of_one_class_an_area_is_NaN_in_the_history()
    {
        var one = new Dataset(Tensor.RandomNormal([8, 2], seed: 1), Tensor.Ones([8]));
        History history = Model().Compile(new Sgd(), new BinaryCrossEntropy(), new CustomAuc(), new CustomF1()).Fit(one);
        history["auc"].Should().Equal(float.NaN);
        history["f1"][0].Should().BeInRange(0f, 1f);
    }

    /// <summary>Points whose class is mostly the sign of their first coordinate.</summary>
    internal static Dataset Ranks(int count, ulong seed)
    {
        Tensor x = Tensor.RandomNormal([count, 2], seed), noise = Tensor.RandomNormal([count], seed + 100);
        return new Dataset(x, [.. Enumerable.Range(0, count).Select(i => x[i, 0] + 0.3f * noise[i] > 0 ? 1 : 0)]);
    }

    internal static Sequential Model() => Sequential.Input(2).Dense(4).Tanh().Dense(1).Sigmoid().Build(seed: 5);
}
