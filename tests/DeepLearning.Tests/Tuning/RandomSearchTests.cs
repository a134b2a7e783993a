using static DeepLearning.Tests.Tuning.Spaces;

namespace DeepLearning.Tests.Tuning;

public sealed class RandomSearchTests
{
    [Fact]
    public void The_seed_determines_the_trials()
    {
        IReadOnlyList<string> Of(Seed seed) => new RandomSearch([Rate, DropoutRate, Units], trials: 20) { Seed = seed }.Run(Valley).Texts();
        Of(1).Should().Equal(Of(1)).And.NotEqual(Of(2)).And.OnlyHaveUniqueItems().And.HaveCount(20);
    }

    [Fact]
    public void Values_spread_over_the_whole_space()
    {
        SearchResult result = new RandomSearch([Rate, Units], trials: 300).Run(_ => 0);
        int[] decades = [.. result.Trials.CountBy(t => (int)Math.Floor(Math.Log10(t.Get(Rate)))).OrderBy(c => c.Key).Select(c => c.Value)];
        decades.Should().HaveCount(3).And.OnlyContain(count => count > 70 && count < 130);
        result.Trials.CountBy(t => t.Get(Units)).Should().HaveCount(3).And.OnlyContain(count => count.Value > 70 && count.Value < 130);
    }

    [Fact]
    public void No_combination_is_tried_twice()
    {
        Hyperparameter<int> layers = Hyperparameter.Integer("layers", 1, 4);
        SearchResult result = new RandomSearch([Units, layers], trials: 12).Run(_ => 0);
        result.Trials.Select(t => (t.Get(Units), t.Get(layers))).Should().OnlyHaveUniqueItems().And.HaveCount(12);
    }

    [Fact]
    public void More_trials_than_combinations_are_refused()
        => FluentActions.Invoking(() => new RandomSearch([Units], trials: 4)).Should().Throw<ArgumentException>()
            .WithMessage("The hyperparameters have 3 combinations, fewer than 4 trials: GridSearch tries them all.*");

    [Fact]
    public void No_trials_are_refused()
        => FluentActions.Invoking(() => new RandomSearch([Rate], trials: 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*trials*");
}
