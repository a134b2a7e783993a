namespace DeepLearning.Tests.Tensors;

public sealed class RandomStreamTests
{
    [Fact]
    public void A_number_depends_on_its_place_alone()
    {
        var many = new float[100];
        var few = new float[10];
        new RandomStream(7, 2, 3).FillUniform(many);
        new RandomStream(7, 2, 3).FillUniform(few);

        few.Should().Equal(many[..10]);
    }

    [Fact]
    public void Seed_stream_and_step_each_give_other_numbers()
    {
        float[][] all = [.. new[] { new RandomStream(1), new RandomStream(2), new RandomStream(1, 1), new RandomStream(1, 0, 1), new RandomStream(1, 0, 1UL << 32) }.Select(Uniform)];

        all.Select(v => string.Join(' ', v)).Should().OnlyHaveUniqueItems();

        static float[] Uniform(RandomStream stream)
        {
            var values = new float[20];
            stream.FillUniform(values);
            return values;
        }
    }

    [Fact]
    public void Uniform_numbers_have_the_right_moments_and_never_reach_the_maximum()
    {
        var values = new float[100_000];
        new RandomStream(1).FillUniform(values, 1f, 2f);

        // Mean 1.5 ± 5σ/√n with σ = 1/√12.
        values.Average().Should().BeApproximately(1.5f, 0.0046f);
        values.Should().OnlyContain(v => v >= 1f && v < 2f);
        new RandomStream(1).FillUniform(values.AsSpan(0, 5), 3f, 3f);
        values[..5].Should().Equal(3f, 3f, 3f, 3f, 3f);
    }

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(float.NaN, 1f)]
    [InlineData(0f, float.NaN)]
    [InlineData(0f, float.PositiveInfinity)]
    [InlineData(-3e38f, 3e38f)]
    public void Bounds_that_enclose_nothing_or_too_much_throw_and_fill_nothing(float minimum, float maximum)
    {
        float[] values = [5f];
        Action[] calls = [() => new RandomStream(1).FillUniform(values, minimum, maximum), () => Tensor.RandomUniform([3], 1, minimum, maximum)];
        foreach (Action call in calls) call.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(maximum));
        values.Should().Equal(5f);
    }

    [Theory]
    [InlineData(0f, -1f, "standardDeviation")]
    [InlineData(0f, float.NaN, "standardDeviation")]
    [InlineData(0f, float.PositiveInfinity, "standardDeviation")]
    [InlineData(float.NaN, 1f, "mean")]
    public void A_mean_or_a_deviation_that_no_distribution_has_throws_and_fills_nothing(float mean, float deviation, string name)
    {
        float[] values = [5f];
        Action[] calls = [() => new RandomStream(1).FillNormal(values, mean, deviation), () => Tensor.RandomNormal([3], 1, mean, deviation)];
        foreach (Action call in calls) call.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
        values.Should().Equal(5f);
    }

    [Fact]
    public void Normal_numbers_have_the_right_moments()
    {
        var values = new float[100_000];
        new RandomStream(1).FillNormal(values, mean: 3f, standardDeviation: 2f);

        // Five standard errors: 2/√n for the mean, 4·√(2/n) for the variance.
        double mean = values.Average(v => (double)v), variance = values.Average(v => (v - mean) * (v - mean));
        mean.Should().BeApproximately(3, 0.032);
        variance.Should().BeApproximately(4, 0.09);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_permutation_has_every_number_once(int count)
    {
        var order = new int[count];
        new RandomStream(1).FillPermutation(order);

        order.Order().Should().Equal(Enumerable.Range(0, count));
        if (count > 1) order.Should().NotBeInAscendingOrder();
    }

    [Fact]
    public void A_dropout_mask_keeps_the_expected_value()
    {
        var mask = new float[100_000];
        new RandomStream(1).FillMask(mask, 0.2f);

        mask.Distinct().Order().Should().Equal(0f, 1.25f);
        // Five standard errors of a mean with variance rate/(1 − rate).
        mask.Average(v => (double)v).Should().BeApproximately(1, 0.008);
    }
}
