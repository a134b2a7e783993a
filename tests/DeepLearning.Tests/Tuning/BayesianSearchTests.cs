using static DeepLearning.Tests.Tuning.Spaces;

namespace DeepLearning.Tests.Tuning;

public sealed class BayesianSearchTests
{
    [Fact]
    public void It_comes_nearer_to_the_lowest_point_than_random_search_in_as_many_trials()
    {
        double Mean(Func<Seed, HyperparameterSearch> search) => Enumerable.Range(0, 5).Average(seed => search(seed).Run(Valley).Best.Objective);
        double random = Mean(seed => new RandomSearch([Rate, DropoutRate, Units], trials: 25) { Seed = seed });
        double bayesian = Mean(seed => new BayesianSearch([Rate, DropoutRate, Units], trials: 25) { Seed = seed });
        bayesian.Should().BeLessThan(random / 3);
    }

    [Fact]
    public void It_maximizes_where_that_is_asked()
    {
        SearchResult result = new BayesianSearch([Rate, DropoutRate, Units], trials: 25) { Maximizes = true }.Run(trial => -Valley(trial));
        result.Best.Objective.Should().Be(result.Trials.Max(t => t.Objective)).And.BeGreaterThan(-0.05);
        result.Best.Get(Units).Should().Be(16);
    }

    [Fact]
    public void The_seed_determines_the_trials()
    {
        IReadOnlyList<string> Of(Seed seed) => new BayesianSearch([Rate, DropoutRate, Units], trials: 12) { Seed = seed }.Run(Valley).Texts();
        Of(1).Should().Equal(Of(1)).And.NotEqual(Of(2)).And.HaveCount(12);
    }

    [Fact]
    public void Rounds_of_several_proposals_are_the_same_on_every_run_and_repeat_no_point()
    {
        IReadOnlyList<string> Run() => new BayesianSearch([Rate, DropoutRate, Units], trials: 14) { ParallelTrials = 4 }.Run(Valley).Texts();
        Run().Should().Equal(Run()).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_small_space_is_tried_to_its_end_without_repetition()
    {
        Hyperparameter<int> layers = Hyperparameter.Integer("layers", 1, 4);
        SearchResult result = new BayesianSearch([Units, layers], trials: 12).Run(trial => trial.Get(Units) * trial.Get(layers));
        result.Trials.Select(t => (t.Get(Units), t.Get(layers))).Should().OnlyHaveUniqueItems().And.HaveCount(12);
    }

    [Fact]
    public void Failed_trials_are_kept_away_from()
    {
        SearchResult result = new BayesianSearch([Rate], trials: 20)
            .Run(trial => trial.Get(Rate) > 0.03 ? double.NaN : Math.Abs(Math.Log10(trial.Get(Rate)) + 2));
        result.Trials.Count(t => t.Failed).Should().BeLessThan(6);
        result.Best.Get(Rate).Should().BeApproximately(0.01, 0.002);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(5, 0)]
    [InlineData(5, 6)]
    public void Too_few_or_too_many_trials_are_refused(int trials, int? random)
        => FluentActions.Invoking(() => new BayesianSearch([Rate], trials, random)).Should().Throw<ArgumentOutOfRangeException>();
}
