using DeepLearning.Tests.Metrics;

namespace DeepLearning.Tests.Training;

public sealed class ConfusionTableTests
{
    private static readonly int[] Actual = [0, 0, 0, 1, 1, 2], Predicted = [0, 0, 1, 1, 2, 2];

    [Fact]
    public void It_counts_pairs_of_true_and_predicted_classes()
    {
        ConfusionTable matrix = ConfusionTable.Of(Actual, Predicted);

        matrix.ToArray().Should().BeEquivalentTo(new long[,] { { 2, 1, 0 }, { 0, 1, 1 }, { 0, 0, 1 } });
        (matrix[0, 1], matrix[1, 0], matrix.Classes, matrix.Total, matrix.Accuracy).Should().Be((1, 0, 3, 6, 4 / 6.0));
        matrix.CountsOf(1).Should().Be(new BinaryCounts(1, 1, 1, 3));
        matrix.ClassNames.Should().Equal("0", "1", "2");
        matrix.ToArray()[0, 0] = 9;
        matrix[0, 0].Should().Be(2);
    }

    [Fact]
    public void It_prints_a_table_with_the_names_of_the_classes()
        => ConfusionTable.Of(Actual, Predicted, ["cat", "dog", "a bird"]).ToString().Should().Be(
            """
            actual \ predicted  cat  dog  a bird
                           cat    2    1       0
                           dog    0    1       1
                        a bird    0    0       1
            """.ReplaceLineEndings("\n"));

    [SkippableFact]
    public void It_is_scikit_learn_s_of_the_same_predictions()
    {
        (Tensor predictions, Tensor targets) = GoldenMetrics.Task("multiclass");
        var data = new Dataset(predictions, targets);

        ConfusionTable matrix = ConfusionTable.Of(Given(5, OutputMeaning.Probabilities), data, batchSize: 7);

        var rows = GoldenMetrics.Of("multiclass").GetProperty("confusion").EnumerateArray();
        long[][] expected = [.. rows.Select(row => row.EnumerateArray().Select(v => v.GetInt64()).ToArray())];
        for (int a = 0; a < 5; a++)
            for (int p = 0; p < 5; p++) matrix[a, p].Should().Be(expected[a][p]);
    }

    [Fact]
    public void Of_a_model_it_takes_labels_one_hot_rows_and_the_names_of_the_data()
    {
        float[,] rows = { { 0.7f, 0.3f }, { 0.4f, 0.6f }, { 0.9f, 0.1f } };
        var data = new Dataset(rows, new[] { 0, 0, 1 }) { ClassNames = ["no", "yes"] };
        Sequential model = Given(2, OutputMeaning.Probabilities);

        ConfusionTable.Of(model, data).ToString().Should().Be(ConfusionTable.Of([0, 0, 1], [0, 1, 0], ["no", "yes"]).ToString());
        ConfusionTable.Of(model, new Dataset(rows, new float[,] { { 1, 0 }, { 1, 0 }, { 0, 1 } })).ToArray()
            .Should().BeEquivalentTo(new long[,] { { 1, 1 }, { 1, 0 } });
        ConfusionTable.Of(model, BatchSource.Of(data.Batches(2))).ClassNames.Should().Equal("no", "yes");
    }

    [Fact]
    public void One_output_and_logits_under_their_loss_are_classes_0_and_1()
    {
        var data = new Dataset(new float[,] { { 0.3f }, { -1 }, { 2 } }, new[] { 1, 1, 0 });
        Sequential logits = Sequential.Input(1).Reshape(1).Build();
        logits.Invoking(m => ConfusionTable.Of(m, data))
            .Should().Throw<ArgumentException>().WithMessage("ConfusionTable judges classes*ends with Reshape*takes logits*");

        logits.Compile(new Sgd(), new BinaryCrossEntropy(fromLogits: true));
        ConfusionTable.Of(logits, data).ToArray().Should().BeEquivalentTo(new long[,] { { 0, 1 }, { 1, 1 } });

        logits.Compile(new Sgd(), new MeanSquaredError()).Invoking(m => ConfusionTable.Of(m, data))
            .Should().Throw<ArgumentException>().WithMessage("*compares quantities*");
    }

    [Fact]
    public void What_is_no_class_is_refused()
    {
        var data = new Dataset(Tensor.Full([2, 3], 0.2f), new[] { 0, 3 });
        Sequential model = Given(3, OutputMeaning.Probabilities);
        Action[] calls =
        [
            () => ConfusionTable.Of(model, data), () => ConfusionTable.Of(Given(3, OutputMeaning.IndependentProbabilities), data),
            () => ConfusionTable.Of(model, new Dataset(Tensor.Full([1, 3], float.NaN), new[] { 0 })),
            () => ConfusionTable.Of(model, BatchSource.Of(new List<Batch>())),
            () => ConfusionTable.Of([0], [0, 1]), () => ConfusionTable.Of([], []), () => ConfusionTable.Of([-1], [0]),
            () => ConfusionTable.Of([0], [2], ["a", "b"]),
        ];
        string[] messages =
        [
            "*from 0 to 2, got 3 in row 1*", "*3 outputs is a yes or no*ClassificationReport*", "*sample 0 is NaN*", "*no samples*", "*got 2 for 1*",
            "*one or more*", "*got -1 in row 0*", "*from 0 to 1, got 2*",
        ];
        foreach ((Action call, string message) in calls.Zip(messages)) call.Should().Throw<ArgumentException>().WithMessage(message);

        ConfusionTable matrix = ConfusionTable.Of(Actual, Predicted);
        matrix.Invoking(m => m[3, 0]).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("actual");
        matrix.Invoking(m => m[0, -1]).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("predicted");
        matrix.Invoking(m => m.CountsOf(3)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ConfusionTable.Of(null!, data)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => ConfusionTable.Of(model, data, batchSize: 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    internal static Sequential Given(int outputs, OutputMeaning meaning) => Sequential.Input(outputs).Add(new Same(meaning)).Build();

    private sealed class Same(OutputMeaning meaning) : Layer
    {
        public override OutputMeaning OutputMeaning => meaning;

        public override Tensor Forward(Tensor x, LayerContext context) => x;
    }
}
