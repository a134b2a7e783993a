using System.Text.Json;
using DeepLearning.Tests.Metrics;

namespace DeepLearning.Tests.Training;

public sealed class ClassificationReportTests
{
    /// <summary>The example of scikit-learn's documentation of classification_report.</summary>
    [Fact]
    public void Its_text_is_scikit_learn_s()
        => ClassificationReport.Of([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], ["class 0", "class 1", "class 2"]).ToString().Should().Be(
            """
                          precision    recall  f1-score   support

                 class 0       0.50      1.00      0.67         1
                 class 1       0.00      0.00      0.00         1
                 class 2       1.00      0.67      0.80         3

                accuracy                           0.60         5
               macro avg       0.50      0.56      0.49         5
            weighted avg       0.70      0.60      0.61         5

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Figures_are_read_by_class_and_as_averages()
    {
        ClassificationReport report = ConfusionTable.Of([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], ["a", "b", "c"]).Report();

        report["c"].Should().Be(new ClassScores("c", 1, 2 / 3.0, 0.8, 3));
        report.Classes.Select(c => c.Name).Should().Equal("a", "b", "c");
        (report.Accuracy, report.MicroAverage.Precision, report.SamplesAverage).Should().Be((0.6, 0.6, null));
        report.MacroAverage.Recall.Should().BeApproximately((1 + 0 + 2 / 3.0) / 3, 1e-15);
        report.WeightedAverage.Precision.Should().BeApproximately((0.5 + 0 + 3) / 5, 1e-15);
        report.Invoking(r => r["d"]).Should().Throw<KeyNotFoundException>().WithMessage("*'d'*a, b, c*");
    }

    [Fact]
    public void A_class_that_does_not_occur_is_left_out_as_in_scikit_learn()
    {
        ClassificationReport report = ClassificationReport.Of([0, 2], [0, 2], ["a", "b", "c"]);
        report.Classes.Select(c => c.Name).Should().Equal("a", "c");
        report.MacroAverage.F1Score.Should().Be(1);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(2, "0.12")]
    [InlineData(4, "0.1250")]
    public void Ties_are_rounded_to_even_as_Python_does(int digits, string expected)
    {
        // One of eight is right.
        string text = ClassificationReport.Of([0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 1, 1, 1, 1, 1, 1]).ToString(digits);
        string row = text.Split('\n').Single(line => line.Contains("accuracy", StringComparison.Ordinal));
        row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Should().Be(expected);
    }

    [SkippableFact]
    public void Of_several_labels_it_has_the_averages_of_scikit_learn()
    {
        (Tensor predictions, Tensor targets) = GoldenMetrics.Task("multilabel");
        JsonElement golden = GoldenMetrics.Of("multilabel");

        ClassificationReport report = ClassificationReport.Of(
            ConfusionTableTests.Given(4, OutputMeaning.IndependentProbabilities), new Dataset(predictions, targets), batchSize: 7);

        report.SamplesAverage!.Value.F1Score.Should().BeApproximately(golden.GetProperty("f1_samples").GetDouble(), 1e-12);
        report.MicroAverage.F1Score.Should().BeApproximately(golden.GetProperty("f1_micro").GetDouble(), 1e-12);
        report.MacroAverage.F1Score.Should().BeApproximately(golden.GetProperty("f1_macro").GetDouble(), 1e-12);
        report.Accuracy.Should().BeNull();
        report.ToString().Split('\n').Where(line => line.Contains("avg", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0])
            .Should().Equal("micro", "macro", "weighted", "samples");
    }

    [Fact]
    public void Of_a_model_it_has_the_names_of_its_classes()
    {
        Sequential model = ConfusionTableTests.Given(3, OutputMeaning.Probabilities);
        model.ClassNames = ["red", "green", "blue"];
        var data = new Dataset(new float[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 1, 0 } }, new[] { 0, 1, 2 });

        ClassificationReport report = ClassificationReport.Of(model, data);

        report["green"].Should().Be(new ClassScores("green", 0.5, 1, 2 / 3.0, 1));
        report["blue"].Should().Be(new ClassScores("blue", 0, 0, 0, 1));
        report.ToString().Should().Be(ConfusionTable.Of(model, data).Report().ToString());
        report.Invoking(r => r.ToString(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ClassificationReport.Of(model, null!)).Should().Throw<ArgumentNullException>();
    }
}
