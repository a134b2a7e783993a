using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Losses;

/// <summary>Losses that are negative log-likelihoods of quantities.</summary>
public sealed class LikelihoodTests
{
    [Fact]
    public void Poisson_s_slope_is_0_where_the_rate_is_the_count()
    {
        var tape = new Tape();
        Tensor p = tape.Watch(Tensor.From([3f, 2f, 0f], [3, 1]));
        Tensor losses = new Poisson().PerSample(p, Tensor.From([3f, 4f, 0f], [3, 1]));

        losses.ShouldBeCloseTo([3 - 3 * Math.Log(3), 2 - 4 * Math.Log(2), 0], 1e-6);
        tape.Gradients(losses.Sum())[p].ShouldBeCloseTo(new double[] { 0, -1, 1 }, 1e-6);
    }

    [Fact]
    public void Behind_an_exponential_Poisson_is_computed_from_logarithms_and_stays_finite()
    {
        // e^−200 is 0 as a float32: of the rate, the loss of one count would be log 1e-7 and the slope 0.
        Sequential model = Sequential.Input(1).Dense(1).Exponential().Build();
        model.Parameters["dense.kernel"].Assign(new[,] { { -200f } });
        model.Compile(new Sgd(), new Poisson(), new MeanAbsoluteError());

        Evaluation of = model.Evaluate(new Dataset(Tensor.Ones([1, 1]), new float[] { 1 }));

        of.Loss.Should().Be(200f);
        of["mean_absolute_error"].Should().Be(1f, "metrics see the rates");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Poisson_finds_the_mean_of_counts(bool fromLogarithms)
    {
        SequentialBuilder line = Sequential.Input(1).Dense(1);
        Sequential model = (fromLogarithms ? line : line.Softplus()).Build(seed: 1).Compile(new Adam(0.1), new Poisson(fromLogarithms));
        model.Fit(new Dataset(Tensor.Ones([4, 1]), new float[] { 1, 3, 4, 8 }), new FitOptions(epochs: 300));

        float output = model.Predict(Tensor.Ones([1, 1]))[0, 0];
        (fromLogarithms ? MathF.Exp(output) : output).Should().BeApproximately(4f, 0.01f);
    }

    [Fact]
    public void Poisson_refuses_outputs_that_may_be_negative_and_negative_counts()
    {
        Sequential line = Sequential.Input(1).Dense(1).Build(), positive = Sequential.Input(1).Dense(1).Softplus().Build();

        line.Invoking(m => m.Compile(new Sgd(), new Poisson()))
            .Should().Throw<ArgumentException>().WithMessage("*rates of at least 0*Exponential()*FromLogarithms*");
        positive.Invoking(m => m.Compile(new Sgd(), new Poisson(fromLogarithms: true)))
            .Should().Throw<ArgumentException>().WithMessage("*Softplus*remove one*");
        line.Invoking(m => m.Compile(new Sgd(), new Poisson(fromLogarithms: true), new MeanAbsoluteError()))
            .Should().Throw<ArgumentException>().WithMessage("MeanAbsoluteError compares quantities*logarithms of rates*Exponential()*");
        new Poisson().Invoking(l => l.Validate(Tensor.From(0f, -2f), [1]))
            .Should().Throw<ArgumentException>().WithMessage("Poisson*at least 0, got -2 in row 1*");
        FluentActions.Invoking(() => DeepLearning.Losses.Poisson(Tensor.From([1f, -0.5f], [2, 1]), Tensor.Ones([2, 1])))
            .Should().Throw<ArgumentException>().WithMessage("*got -0.5 in row 1*FromLogarithms*");
    }

    [Fact]
    public void A_gaussian_says_how_sure_it_is()
    {
        // Where x is 0 the targets are 1 and 3, where it is 1 they are −2 ± 4.
        var data = new Dataset(Tensor.From([0f, 0f, 1f, 1f], [4, 1]), new float[] { 1, 3, -6, 2 });
        Sequential model = Sequential.Input(1).Dense(2).Build(seed: 1).Compile(new Adam(0.05), new GaussianNegativeLogLikelihood());
        model.Fit(data, new FitOptions(epochs: 1500));

        Tensor of = model.Predict(Tensor.From([0f, 1f], [2, 1]));
        of.ShouldBeCloseTo([2, Math.Log(1), -2, Math.Log(16)], 0.02);
    }

    [Fact]
    public void A_variance_below_the_least_counts_as_the_least_and_comes_up_again()
    {
        var tape = new Tape();
        Tensor p = tape.Watch(Tensor.From([0f, -1000f, 1e20f, 20f], [2, 2]));
        Tensor losses = new GaussianNegativeLogLikelihood { Epsilon = 0.25 }.PerSample(p, Tensor.From(1f, 0f));

        losses[0].Should().BeApproximately(0.5f * (MathF.Log(0.25f) + 4f), 1e-6f);
        Tensor slopes = tape.Gradients(losses.Sum())[p];
        slopes[0, 0].Should().BeApproximately(-4f, 1e-5f);
        slopes[0, 1].Should().BeApproximately(-1.5f, 1e-6f, "½·(1 − 4): a larger variance is better");
        losses[1].Should().BeApproximately(1.0305768e31f, 1e26f, "the error is divided before it is squared");
    }

    [Fact]
    public void A_gaussian_refuses_what_is_no_pair_of_mean_and_variance()
    {
        var loss = new GaussianNegativeLogLikelihood();

        Sequential.Input(1).Dense(3).Build().Invoking(m => m.Compile(new Sgd(), loss))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[batch, 2·k]*[batch, 3]*");
        Sequential.Input(1).Dense(2).Softplus().Build().Invoking(m => m.Compile(new Sgd(), loss))
            .Should().Throw<ArgumentException>().WithMessage("*Softplus*remove it*");
        loss.Invoking(l => l.Validate(Tensor.Zeros([5, 4]), [4])).Should().Throw<ShapeMismatchException>().WithMessage("*each of 2 means, [batch, 2]*[5, 4]*");
        loss.Invoking(l => l.Validate(Tensor.Zeros([5, 2]), [4])).Should().NotThrow();
        FluentActions.Invoking(() => new GaussianNegativeLogLikelihood { Epsilon = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Epsilon");
    }

    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(0.5, 50)]
    [InlineData(0.9, 90)]
    public void A_pinball_finds_the_quantile(double quantile, float expected)
    {
        Tensor targets = Tensor.Range(101).Reshape(101, 1);
        Sequential model = Sequential.Input(1).Dense(1).Build(seed: 1).Compile(new Adam(0.2), new Pinball(quantile));
        model.Fit(new Dataset(Tensor.Ones([101, 1]), targets), new FitOptions(epochs: 1000, batchSize: 101));

        model.Predict(Tensor.Ones([1, 1]))[0, 0].Should().BeApproximately(expected, 2f);
    }

    [Fact]
    public void A_quantile_lies_between_0_and_1()
    {
        foreach (double wrong in (double[])[0, 1, -0.1, double.NaN])
            FluentActions.Invoking(() => new Pinball(wrong))
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Quantile").WithMessage("*in (0, 1)*");
    }
}
