namespace DeepLearning.Reporting.Tests;

public sealed class ScheduleCurveTests
{
    [Fact]
    public void A_rate_that_falls_in_a_line_runs_from_the_upper_left_to_the_lower_right()
    {
        string[] lines = new PolynomialDecay(0.1, 999, endLearningRate: 0).Curve(1000).ToString().Split(Environment.NewLine);
        lines[0].Should().Be("PolynomialDecay(0.1, 999, 0, power: 1)  ─ learning rate");
        lines[1].Should().StartWith("     0.1 ┤");
        lines[8].Should().StartWith("       0 ┤");
        int[] first = [.. lines[1..9].Select(l => l.AsSpan(10).IndexOfAnyExcept(' '))];
        first.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        lines[^1].Should().MatchRegex("step 0 +999$");
    }

    [Fact]
    public void A_small_rate_is_not_written_as_0()
        => Schedule.Constant(2e-5).Then(5, Schedule.Constant(0)).Curve(10).ToString().Should().Contain("2E-5 ┤");

    [Fact]
    public void Two_steps_are_the_fewest_and_the_size_can_be_chosen()
    {
        FluentActions.Invoking(() => Schedule.Constant(1).Curve(1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("steps");
        FluentActions.Invoking(() => ScheduleDrawing.Curve(null!, 10)).Should().Throw<ArgumentNullException>().WithParameterName("schedule");
        FluentActions.Invoking(() => new ScheduleCurve(Schedule.Constant(1), 10) { Rows = 1 })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Rows*1*");
        new ScheduleCurve(Schedule.Constant(1), 2) { Columns = 20, Rows = 10 }.ToString().Split(Environment.NewLine).Should().HaveCount(1 + 10 + 2)
            .And.OnlyContain(l => l.Length <= 40);
    }
}
