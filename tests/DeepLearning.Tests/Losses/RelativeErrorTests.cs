using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Losses;

/// <summary>Errors as shares of the target, as ratios and as directions.</summary>
public sealed class RelativeErrorTests
{
    [Fact]
    public void Percentages_divide_by_the_target_s_size()
    {
        new MeanAbsolutePercentageError().PerSample(Tensor.From([90f, -1f], [2, 1]), Tensor.From([100f, -4f], [2, 1])).ToArray().Should().Equal(10f, 75f);
        DeepLearning.Losses.MeanAbsolutePercentageError(Tensor.From([1f], [1, 1]), Tensor.Zeros([1, 1])).ToScalar()
            .Should().BeApproximately(1e9f, 1e3f, "Keras's value, for people who check by hand");
    }

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(-1e-8f, "-1E-08")]
    public void A_target_of_0_has_no_percentage(float target, string shown)
    {
        Tensor targets = Tensor.From([1f, 2f, 3f, target], [2, 2]);

        new MeanAbsolutePercentageError().Invoking(l => l.Validate(targets, [2])).Should().Throw<ArgumentException>()
            .WithMessage($"MeanAbsolutePercentageError divides by the targets, got {shown} in row 1:*MeanSquaredLogarithmicError*");
    }

    [Fact]
    public void A_logarithmic_error_is_of_ratios_and_knows_nothing_below_0()
    {
        var tape = new Tape();
        Tensor p = tape.Watch(Tensor.From([1f, 3f, -5f], [3, 1]));
        Tensor losses = new MeanSquaredLogarithmicError().PerSample(p, Tensor.From([3f, 1f, 0f], [3, 1]));

        losses.ShouldBeCloseTo([Math.Log(2) * Math.Log(2), Math.Log(2) * Math.Log(2), 0], 1e-6);
        tape.Gradients(losses.Sum())[p].ShouldBeCloseTo([-Math.Log(2), Math.Log(2) / 2, 0], 1e-6);
        new MeanSquaredLogarithmicError().Invoking(l => l.Validate(Tensor.From(1f, -1f), [1])).Should().Throw<ArgumentException>()
            .WithMessage("*at least 0, got -1 in row 1*MeanSquaredError*");
    }

    [Fact]
    public void A_small_amount_keeps_its_digits_under_a_logarithm()
    {
        float p = 3e-5f, t = 1e-5f;

        ((double)DeepLearning.Losses.MeanSquaredLogarithmicError(Tensor.From([p], [1, 1]), Tensor.From([t], [1, 1])).ToScalar())
            .Should().BeApproximately(4e-10, 4e-10 * 1e-4, "(2e-5)², less what the logarithm bends; log(1 + x) of a rounded 1 + x would be 2 percent off");
    }

    [Fact]
    public void A_cosine_is_of_directions_alone()
    {
        Tensor p = Tensor.From([3f, 0f, 0f, 5f, -1f, -1f], [3, 2]), t = Tensor.From([1f, 0f, 2f, 0f, 1f, 1f], [3, 2]);

        new CosineSimilarity().PerSample(p, t).ShouldBeCloseTo([-1, 0, 1], 1e-6, "Keras's sign");
        new CosineSimilarity().PerSample(Tensor.From([1f, 0f, 0f, 1f], [1, 2, 2]), Tensor.From([1f, 0f, 1f, 0f], [1, 2, 2])).ToArray().Should().Equal(-0.5f);
    }

    [Fact]
    public void A_row_of_zeros_has_no_direction_and_a_finite_slope()
    {
        var tape = new Tape();
        Tensor p = tape.Watch(Tensor.Zeros([1, 2]));
        Tensor loss = new CosineSimilarity().PerSample(p, Tensor.From([3f, 4f], [1, 2]));

        loss.ToArray().Should().Equal(0f);
        tape.Gradients(loss.Sum())[p].ShouldBeCloseTo([-0.6, -0.8], 1e-6, "towards the target");
    }

    [Fact]
    public void A_single_number_has_no_direction()
        => Sequential.Input(2).Dense(1).Build().Invoking(m => m.Compile(new Sgd(), new CosineSimilarity()))
            .Should().Throw<ShapeMismatchException>().WithMessage("CosineSimilarity*single numbers have none*[batch, 1]*");
}
