namespace DeepLearning.Reporting.Tests;

public sealed class ConfusionMatrixTests
{
    private readonly ConfusionMatrix matrix = new([0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 2, 0], ["cat", "dog", "[owl]"]);

    [Fact]
    public void Counts_stand_by_true_and_predicted_class()
    {
        int[] cells = [matrix[0, 0], matrix[0, 1], matrix[1, 1], matrix[1, 0], matrix[2, 0], matrix[2, 2]];
        cells.Should().Equal(1, 1, 2, 0, 1, 1);
        matrix.Count.Should().Be(6);
    }

    [Fact]
    public void Precision_recall_and_accuracy_are_those_of_the_definitions()
    {
        matrix.Accuracy.Should().BeApproximately(4.0 / 6, 1e-12);
        matrix.Precision(1).Should().BeApproximately(2.0 / 3, 1e-12);
        matrix.Recall(1).Should().Be(1);
        matrix.Recall(2).Should().Be(0.5);
    }

    [Fact]
    public void A_class_never_predicted_has_no_precision()
        => new ConfusionMatrix([0, 1], [0, 0]).Precision(1).Should().Be(double.NaN);

    [Fact]
    public void Plain_text_holds_every_name_and_count_and_marks_zero_with_a_dot()
    {
        string[] lines = matrix.ToString().Split(Environment.NewLine);
        lines.Should().ContainSingle(l => l.Contains("cat") && l.Contains("dog") && l.Contains("[owl]") && l.Contains("recall"));
        lines.Should().ContainSingle(l => l.TrimStart().StartsWith("dog")).Which.Should().MatchRegex(@"dog\W+·\W+2\W+·\W+1\.000\W+0\.667");
        lines.Should().ContainSingle(l => l.Contains("accuracy 0.6667"));
        matrix.ToString().Should().NotContain("\u001b");
    }

    [Fact]
    public void Ten_classes_of_thousands_fit_into_eighty_columns_without_wrapping()
    {
        int[] labels = [.. Enumerable.Range(0, 20_000).Select(i => i % 10)];
        using var console = new TextConsole(width: 80);
        console.Console.Write(new ConfusionMatrix(labels, labels));
        console.Lines.Count(l => l.Contains("2000")).Should().Be(10);
        console.Output.Should().Contain("recall").And.Contain("precision").And.NotContain("…");
    }

    [Fact]
    public void In_colour_the_diagonal_is_green_and_mistakes_are_red()
    {
        using var console = new TextConsole(colours: true);
        console.Console.Write(matrix);
        console.Output.Should().Contain("\u001b[38;5;2m2").And.Contain("\u001b[38;5;9m1");
    }

    [Fact]
    public void Without_names_the_classes_are_numbers_up_to_the_largest()
        => new ConfusionMatrix([0, 1], [0, 3]).ClassNames.Should().Equal("0", "1", "2", "3");

    [Fact]
    public void Different_lengths_are_refused_with_both_counts()
        => ((Action)(() => _ = new ConfusionMatrix([1, 2], [1]))).Should().Throw<ArgumentException>().WithMessage("*2 labels and 1 predictions*");

    [Fact]
    public void A_label_outside_the_classes_is_refused_with_its_value_and_place()
        => ((Action)(() => _ = new ConfusionMatrix([0, -1], [0, 0]))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*got -1 at position 1*");

    [Fact]
    public void Of_a_single_sigmoid_output_takes_one_half_as_the_border()
    {
        Sequential model = Sequential.Input(1).Dense(1).Sigmoid().Build();
        model.Parameters["dense.kernel"].Assign(new float[,] { { 1f } });
        ConfusionMatrix binary = ConfusionMatrix.Of(model, new Dataset(new float[,] { { -1f }, { 2f }, { 3f } }, new int[] { 0, 1, 0 }));
        int[] cells = [binary[0, 0], binary[0, 1], binary[1, 1]];
        cells.Should().Equal(1, 1, 1);
    }

    [Fact]
    public void Line10_outputs_that_are_no_single_class_are_refused()
    {
        var data = new Dataset(new float[,] { { -1f }, { 2f } }, new[] { 0, 1 });
        Action[] calls =
        [
            () => ConfusionMatrix.Of(Sequential.Input(1).Dense(1).Build(), data),
            () => ConfusionMatrix.Of(Sequential.Input(1).Dense(1).Tanh().Build(), data),
            () => ConfusionMatrix.Of(Sequential.Input(1).Dense(3).Sigmoid().Build(), data),
        ];
        foreach (Action call in calls) call.Should().Throw<ArgumentException>().WithMessage("The model ends with *pass labels and predicted classes*");
        ConfusionMatrix.Of(Sequential.Input(1).Dense(3).Build(), data).Count.Should().Be(2, "the largest of several logits is the class");
    }
}
