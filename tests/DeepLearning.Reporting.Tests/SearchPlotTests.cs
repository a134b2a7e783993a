namespace DeepLearning.Reporting.Tests;

public sealed class SearchPlotTests
{
    private static readonly Hyperparameter<double> Rate = Hyperparameter.LogUniform("rate", 1e-4, 1);
    private static readonly Hyperparameter<string> Noise = Hyperparameter.Choice("noise", "none", "some");

    [Fact]
    public void Each_trial_is_a_circle_at_its_value_and_its_objective_and_what_mattered_is_first()
    {
        SearchResult result = new GridSearch([Noise, Rate], points: 5).Run(trial => trial.Get(Rate) < 0.5 ? 4 + Math.Log10(trial.Get(Rate)) : double.NaN);
        string[] lines = new SearchPlot(result) { Columns = 21 }.ToString().Split(Environment.NewLine);
        lines[0].Should().Be("rate  explains 100 %");
        lines[1].Should().Be("       3 ┤               ○    ×");
        lines[8].Should().Be("       0 ┤●");
        lines[10].TrimStart().Should().MatchRegex("^0.0001 +1$");
        lines[11].Should().Be("noise  explains 0 %");
        lines[^1].TrimStart().Should().MatchRegex("^none +some$");
        lines.Should().HaveCount(2 * 11);
    }

    [Fact]
    public void Failed_trials_lie_at_the_worse_edge()
        => new GridSearch([Rate], points: 3) { Maximizes = true }.Run(trial => trial.Number == 1 ? double.NaN : trial.Number).Plot().ToString()
            .Split(Environment.NewLine)[8].Should().Contain("×");

    [Fact]
    public void A_search_in_which_every_trial_failed_can_be_drawn()
        => new GridSearch([Rate], points: 2).Run(_ => double.NaN).Plot().ToString().Should().Contain("×").And.NotContain("○");

    [Fact]
    public void It_needs_a_result_and_a_size()
    {
        SearchResult result = new GridSearch([Rate], points: 2).Run(_ => 1);
        FluentActions.Invoking(() => SearchDrawing.Plot(null!)).Should().Throw<ArgumentNullException>().WithParameterName("result");
        FluentActions.Invoking(() => new SearchPlot(result) { Rows = 1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Rows*1*");
    }
}
