using static DeepLearning.Tests.Tuning.Spaces;

namespace DeepLearning.Tests.Tuning;

public sealed class SearchResultTests
{
    [Fact]
    public void The_table_has_the_best_trials_first_and_what_mattered()
    {
        SearchResult result = new GridSearch([Units, DropoutRate], points: 2)
            .Run(trial => trial.Number == 4 ? double.NaN : trial.Get(Units) + trial.Get(DropoutRate));
        string[] lines = result.ToString(trials: 6).Split('\n');
        lines[0].Should().Be("trial  units  dropout  objective");
        lines[1].Should().Be("    0      8        0          8");
        lines[2].Should().Be("    1      8      0.5        8.5");
        lines[6].Should().Be("    4     32        0     failed");
        // Ranks 0 … 4: the means of the units leave 1 of 10 with two parameters, those of the dropout rates 6⅔ with one.
        lines[7].Should().Be("what mattered: units 80 %, dropout 11 %");
        result.ToString(trials: 2).Should().Contain("… of 6 trials");
        result.Trials[1].ToString().Should().Be("trial 1: units 8, dropout 0.5 → 8.5");
    }

    [Fact]
    public void The_better_objective_wins_in_either_direction()
    {
        TrialResult best = new GridSearch([Units]).Run(trial => trial.Get(Units)).Best;
        best.Get(Units).Should().Be(8);
        new GridSearch([Units]) { Maximizes = true }.Run(trial => trial.Get(Units)).Best.Get(Units).Should().Be(32);
    }

    [Fact]
    public void Without_any_success_there_is_no_best()
    {
        SearchResult result = new GridSearch([Units]).Run(_ => double.PositiveInfinity);
        result.Invoking(r => r.Best).Should().Throw<InvalidOperationException>().WithMessage("Every trial of the search diverged*");
        result.Effects.Should().OnlyContain(e => e.Share == 0);
        result.ToString().Should().Contain("failed");
    }

    [Fact]
    public void What_mattered_is_found_among_what_did_not()
    {
        SearchResult result = new RandomSearch([Rate, DropoutRate, Units], trials: 60).Run(trial => Math.Pow(Math.Log10(trial.Get(Rate)) + 2.5, 2));
        result.Effects[0].Hyperparameter.Should().Be(Rate);
        HyperparameterEffect first = result.Effects[0];
        first.Share.Should().BeGreaterThan(0.8);
        result.Effects.Skip(1).Should().OnlyContain(e => e.Share < 0.1);
        SearchResult choice = new RandomSearch([Rate, Units], trials: 60).Run(trial => trial.Get(Units) == 16 ? 0 : 1);
        choice.Effects[0].Hyperparameter.Should().Be(Units);
        choice.Effects[0].Share.Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void A_large_grid_is_ranked_without_memory_for_a_square_of_it()
    {
        Hyperparameter<int> n = Hyperparameter.Integer("n", 1, 20_000);
        SearchResult result = new GridSearch([n, Units], points: 20_000).Run(trial => trial.Get(n));
        result.Effects.Select(e => (e.Hyperparameter.Name, Math.Round(e.Share, 6))).Should().Equal(("n", 1), ("units", 0));
    }

    [Fact]
    public void Positions_lie_between_0_and_1()
    {
        SearchResult result = new GridSearch([DropoutRate], points: 3).Run(_ => 0);
        result.Trials.Select(t => t.PositionOf(DropoutRate)).Should().Equal(0, 0.5, 1);
    }
}
