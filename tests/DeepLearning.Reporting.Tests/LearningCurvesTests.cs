namespace DeepLearning.Reporting.Tests;

public sealed class LearningCurvesTests
{
    [Fact]
    public void A_falling_loss_runs_from_the_upper_left_to_the_lower_right()
    {
        string[] lines = Curves(("loss", [4, 3, 2, 1])).ToString().Split(Environment.NewLine);
        lines[0].Should().StartWith("loss");
        lines[1].Should().StartWith("       4 ┤");
        lines[8].Should().StartWith("       1 ┤");
        int[] first = [.. lines[1..9].Select(l => l.AsSpan(10).IndexOfAnyExcept(' '))];
        first.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        lines[^1].Should().MatchRegex("epoch 1 +4$");
    }

    [Fact]
    public void Validation_is_a_circle_an_epoch_in_the_panel_of_its_figure()
    {
        string text = Curves(("loss", [2, 1]), ("accuracy", [0.5f, 0.9f]), ("val_loss", [2, 1.5f]), ("val_accuracy", [0.5f, 0.7f])).ToString();
        text.Split(Environment.NewLine).Count(l => l.Contains("training")).Should().Be(2);
        text.Split("○ validation").Should().HaveCount(3);
        text.Count(c => c == '○').Should().Be(2 + 4);
    }

    [Fact]
    public void Many_epochs_leave_room_between_their_circles()
    {
        float[] falling = [.. Enumerable.Range(0, 1000).Select(i => 1f / (1 + i))];
        string text = Curves(("loss", falling), ("val_loss", falling)).ToString();
        text.Count(c => c == '○').Should().Be(20 + 1, "one every third of 60 columns, and the one in the legend");
    }

    [Fact]
    public void Equal_values_a_single_epoch_and_figures_that_are_not_finite_are_drawn_without_failing()
    {
        Curves(("loss", [1, 1, 1])).ToString().Should().Contain("1.5").And.Contain("0.5");
        Curves(("loss", [3])).ToString().Should().Contain("epoch 1");
        Curves(("loss", [3, float.NaN, float.PositiveInfinity, 2])).ToString().Should().Contain("3 ┤");
        Curves(("loss", [])).ToString().Should().BeEmpty();
    }

    [Fact]
    public void A_history_brings_its_own_figures()
    {
        Sequential model = Sequential.Input(1).Dense(1).Build().Compile(new Sgd(), new MeanSquaredError());
        History history = model.Fit(new Dataset(new float[,] { { 1 }, { 2 } }, new float[,] { { 1 }, { 2 } }), new FitOptions { Epochs = 3 });
        new LearningCurves(history).ToString().Should().StartWith("loss").And.NotContain("validation");
    }

    [Fact]
    public void A_drawing_fits_the_width_of_the_terminal()
    {
        using var console = new TextConsole(width: 40);
        console.Console.Write(Curves(("loss", [2, 1])));
        console.Lines.Should().OnlyContain(l => l.Length <= 40);
    }

    private static LearningCurves Curves(params (string Name, float[] Values)[] figures)
        => new(figures.ToDictionary(f => f.Name, f => (IReadOnlyList<float>)f.Values));
}
