using static DeepLearning.Tests.Tuning.Spaces;

namespace DeepLearning.Tests.Tuning;

public sealed class GridSearchTests
{
    [Fact]
    public void Every_combination_is_tried_once_and_intervals_at_their_ends_too()
    {
        SearchResult result = new GridSearch([Units, DropoutRate], points: 3).Run(_ => 0);
        result.Trials.Select(t => (t.Get(Units), t.Get(DropoutRate)))
            .Should().Equal((8, 0), (8, 0.25), (8, 0.5), (16, 0), (16, 0.25), (16, 0.5), (32, 0), (32, 0.25), (32, 0.5));
    }

    [Fact]
    public void Of_many_whole_numbers_evenly_spaced_ones_are_tried()
    {
        Hyperparameter<int> many = Hyperparameter.Integer("n", 0, 100), few = Hyperparameter.Integer("m", 1, 2);
        SearchResult result = new GridSearch([many, few], points: 3).Run(_ => 0);
        result.Trials.Select(t => (t.Get(many), t.Get(few))).Should().Equal((0, 1), (0, 2), (50, 1), (50, 2), (100, 1), (100, 2));
    }

    [Fact]
    public void A_grid_beyond_measure_is_refused()
        => FluentActions.Invoking(() => new GridSearch([.. Enumerable.Range(0, 8).Select(i => Hyperparameter.Uniform($"x{i}", 0, 1))]))
            .Should().Throw<ArgumentException>().WithMessage("The grid has 390625 combinations, more than 100000: use RandomSearch.*");

    [Fact]
    public void One_point_of_an_interval_is_refused()
        => FluentActions.Invoking(() => new GridSearch([Rate], points: 1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*points*");
}
