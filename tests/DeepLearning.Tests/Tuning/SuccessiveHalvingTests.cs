using FluentAssertions.Specialized;
using static DeepLearning.Tests.Tuning.Spaces;

namespace DeepLearning.Tests.Tuning;

public sealed class SuccessiveHalvingTests
{
    [Fact]
    public void The_best_third_of_each_round_is_trained_three_times_as_long()
    {
        SearchResult result = new SuccessiveHalving([Rate, DropoutRate, Units], configurations: 27, epochs: 2).Run(Valley);
        result.Trials.CountBy(t => t.Epochs!.Value).Should().Equal(new Dictionary<int, int> { [2] = 27, [6] = 9, [18] = 3, [54] = 1 });
        int[] best = [.. result.Trials.Where(t => t.Epochs == 2).OrderBy(t => t.Objective).Select(t => t.Number)];
        result.Trials.Where(t => t.Epochs == 6).Select(t => t.Number).Should().BeEquivalentTo(best[..9]);
        result.Best.Number.Should().Be(best[0]);
        result.Best.Epochs.Should().Be(54);
    }

    [Fact]
    public void The_best_of_the_last_round_wins_though_an_earlier_round_looked_better()
    {
        SearchResult result = new SuccessiveHalving([Rate], configurations: 9, epochs: 1).Run(trial => trial.Epochs + trial.Number / 100.0);
        result.Best.Epochs.Should().Be(9);
        result.Ranked.Select(t => t.Epochs).Should().BeInDescendingOrder();
    }

    [Fact]
    public void A_trial_knows_its_epochs_and_keeps_its_seed_and_values()
    {
        var seen = new List<(int Number, int Epochs, Seed Seed, double Rate)>();
        new SuccessiveHalving([Rate], configurations: 4, epochs: 3, factor: 2).Run(trial =>
        {
            seen.Add((trial.Number, trial.Epochs, trial.Seed, trial.Get(Rate)));
            return trial.Number;
        });
        seen.Select(s => (s.Number, s.Epochs)).Should().Equal((0, 3), (1, 3), (2, 3), (3, 3), (0, 6), (1, 6), (0, 12));
        seen.Where(s => s.Number == 0).Select(s => (s.Seed, s.Rate)).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void A_failed_configuration_is_not_trained_again()
    {
        SearchResult result = new SuccessiveHalving([Rate], configurations: 4, epochs: 1, factor: 2).Run(trial => trial.Number == 2 ? 1 : double.NaN);
        result.Trials.Select(t => (t.Number, t.Epochs)).Should().Equal((0, 1), (1, 1), (2, 1), (3, 1), (2, 2));
    }

    [Fact]
    public void Where_the_last_round_failed_the_best_is_that_of_the_round_before()
    {
        SearchResult result = new SuccessiveHalving([Rate], configurations: 9, epochs: 1).Run(trial => trial.Epochs == 9 ? double.NaN : trial.Number);
        (result.Best.Epochs, result.Best.Number).Should().Be((3, 0));
    }

    [Fact]
    public void Settings_without_a_second_round_or_beyond_measure_are_refused()
    {
        Refused(() => new SuccessiveHalving([Rate], configurations: 2, epochs: 1)).WithParameterName("configurations");
        Refused(() => new SuccessiveHalving([Rate], configurations: 9, epochs: 0));
        Refused(() => new SuccessiveHalving([Rate], configurations: 9, epochs: 1, factor: 1));
        Refused(() => new SuccessiveHalving([Rate], configurations: 81, epochs: 100_000_000));
    }

    private static ExceptionAssertions<ArgumentOutOfRangeException> Refused(Func<HyperparameterSearch> make)
        => make.Should().Throw<ArgumentOutOfRangeException>();
}
