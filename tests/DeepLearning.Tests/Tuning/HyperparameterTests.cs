using System.Globalization;

namespace DeepLearning.Tests.Tuning;

public sealed class HyperparameterTests
{
    [Fact]
    public void A_uniform_one_spreads_evenly_between_its_ends()
        => new[] { 0, 0.25, 0.5, 1 }.Select(Hyperparameter.Uniform("x", -2, 6).At).Should().Equal(-2, 0, 2, 6);

    [Fact]
    public void A_log_uniform_one_gives_each_power_of_ten_the_same_room()
    {
        Hyperparameter<double> rate = Hyperparameter.LogUniform("rate", 1e-4, 1e-1);
        rate.At(0).Should().Be(1e-4);
        rate.At(1).Should().Be(1e-1);
        rate.At(1 / 3.0).Should().BeApproximately(1e-3, 1e-15);
        rate.At(2 / 3.0).Should().BeApproximately(1e-2, 1e-14);
    }

    [Fact]
    public void Whole_numbers_include_both_ends_and_share_the_interval_equally()
    {
        Hyperparameter<int> layers = Hyperparameter.Integer("layers", 2, 4);
        layers.ValueCount.Should().Be(3);
        Enumerable.Range(0, 300).Select(i => layers.At(i / 300.0)).CountBy(n => n).Should()
            .Equal(new Dictionary<int, int> { [2] = 100, [3] = 100, [4] = 100 });
        layers.At(1).Should().Be(4);
    }

    [Fact]
    public void Whole_numbers_may_span_half_of_all_ints()
    {
        Hyperparameter<int> wide = Hyperparameter.Integer("n", int.MinValue + 2, 0);
        (wide.At(0), wide.At(1)).Should().Be((int.MinValue + 2, 0));
    }

    [Fact]
    public void A_choice_may_be_of_anything_with_a_text()
    {
        Hyperparameter<Activation> activation = Hyperparameter.Choice<Activation>("activation", new Relu(), new Tanh());
        activation.At(0.4).Should().BeOfType<Relu>();
        activation.At(0.6).Should().BeOfType<Tanh>();
    }

    [Fact]
    public void An_empty_or_contradictory_interval_is_refused_with_its_ends()
    {
        Refused(() => Hyperparameter.Uniform("x", 1, 1), "The hyperparameter x needs finite, minimum < maximum, got 1 to 1.*");
        Refused(() => Hyperparameter.Uniform("x", double.NaN, 1), "*got NaN to 1.*");
        Refused(() => Hyperparameter.Uniform("x", double.MinValue, double.MaxValue), "*needs finite*");
        Refused(() => Hyperparameter.LogUniform("rate", 0, 1), "The hyperparameter rate needs finite, 0 < minimum < maximum, got 0 to 1.*");
        Refused(() => Hyperparameter.LogUniform("rate", 1, double.PositiveInfinity), "*got 1 to Infinity.*");
        Refused(() => Hyperparameter.Integer("n", 3, 2), "The hyperparameter n needs minimum ≤ maximum, at most 2³¹ − 1 values, got 3 to 2.*");
        Refused(() => Hyperparameter.Integer("n", int.MinValue, int.MaxValue), "*at most 2³¹ − 1 values*");
    }

    [Fact]
    public void A_choice_of_nothing_or_of_the_same_text_twice_is_refused()
    {
        Refused(() => Hyperparameter.Choice<int>("units"), "The hyperparameter units has no value to choose from.*");
        Refused(() => Hyperparameter.Choice("units", 8, 16, 8), "The hyperparameter units has two values that read 8*");
    }

    [Fact]
    public void A_value_reads_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Hyperparameter.Choice("betas", (0.9, 0.99), (0.5, 0.9)).ToString().Should().Be("betas: choice of (0.9, 0.99), (0.5, 0.9)");
            CultureInfo.CurrentCulture.Name.Should().Be("de-DE");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_name_is_needed() => Refused(() => Hyperparameter.Uniform("", 0, 1), "*");

    private static void Refused(Func<Hyperparameter> make, string message) => make.Should().Throw<ArgumentException>().WithMessage(message);
}
