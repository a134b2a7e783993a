namespace DeepLearning.Tests.Layers.Noise;

public sealed class NoiseLayersTests
{
    private const int Count = 200_000;

    [Fact]
    public void Gaussian_noise_has_the_mean_0_and_its_deviation()
        => Check(x => x.GaussianNoise(0.5), Tensor.Full([1, Count], 3f), mean: 3, variance: 0.25);

    [Fact]
    public void Gaussian_dropout_keeps_the_mean_and_has_the_variance_of_a_dropout()
        => Check(x => x.GaussianDropout(0.2), Tensor.Full([1, Count], 2f), mean: 2, variance: 4 * 0.2 / 0.8);

    [Fact]
    public void Alpha_dropout_keeps_mean_0_and_variance_1()
        => Check(x => x.AlphaDropout(0.3), Tensor.RandomNormal([1, Count], seed: 1), mean: 0, variance: 1);

    [Fact]
    public void Alpha_dropout_sets_a_share_of_the_values_to_one_number()
    {
        Sequential model = Sequential.Input(Count).AlphaDropout(0.3).Build(seed: 3);

        float[] y = model.Forward(Tensor.RandomNormal([1, Count], seed: 1), training: true).ToArray();

        float dropped = y.GroupBy(v => v).MaxBy(g => g.Count())!.Key;
        (y.Count(v => v == dropped) / (double)Count).Should().BeApproximately(0.3, 0.01);
    }

    [Fact]
    public void Inference_and_a_rate_of_0_change_nothing()
    {
        Tensor x = Tensor.RandomNormal([2, 5], seed: 1);
        Sequential model = Sequential.Input(5).GaussianNoise(1).GaussianDropout(0.5).AlphaDropout(0.5).Build();
        Sequential none = Sequential.Input(5).GaussianNoise(0).GaussianDropout(0).AlphaDropout(0).Build();

        model.Predict(x).ToArray().Should().Equal(x.ToArray());
        none.Forward(x, training: true).ToArray().Should().Equal(x.ToArray());
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new GaussianNoise(-1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*standardDeviation*-1*");
        FluentActions.Invoking(() => new GaussianDropout(1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*rate*1*");
        FluentActions.Invoking(() => new AlphaDropout(double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*rate*NaN*");
    }

    private static void Check(Func<SequentialBuilder, SequentialBuilder> layer, Tensor x, double mean, double variance)
    {
        Sequential model = layer(Sequential.Input(Count)).Build(seed: 3);

        float[] y = model.Forward(x, training: true).ToArray(), next = model.Forward(x, training: true).ToArray();

        double average = y.Average(v => (double)v);
        average.Should().BeApproximately(mean, 0.01);
        y.Average(v => (v - average) * (v - average)).Should().BeApproximately(variance, 0.03);
        next.Should().NotEqual(y, "each step draws its own numbers");
    }
}
