using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Losses;

public sealed class PositiveWeightTests
{
    [Fact]
    public void A_target_of_1_counts_as_often_as_its_weight()
    {
        Tensor p = Tensor.From([0.2f, 0.2f], [2, 1]), t = Tensor.From([1f, 0f], [2, 1]);

        new BinaryCrossEntropy { PositiveWeight = 5 }.PerSample(p, t).ShouldBeCloseTo([-5 * Math.Log(0.2), -Math.Log(0.8)], 1e-6);
    }

    [Fact]
    public void It_is_of_smoothed_targets()
        => new BinaryCrossEntropy(labelSmoothing: 0.2) { PositiveWeight = 5 }.PerSample(Tensor.From([0.2f], [1, 1]), Tensor.From([1f], [1, 1]))
            .ShouldBeCloseTo([-5 * 0.9 * Math.Log(0.2) - 0.1 * Math.Log(0.8)], 1e-6);

    [Fact]
    public void Far_out_it_is_the_exact_limit()
    {
        var loss = new BinaryCrossEntropy(fromLogits: true) { PositiveWeight = 3 };

        loss.PerSample(Tensor.From([-1e4f, 1e4f, -1e4f, 1e4f], [4, 1]), Tensor.From([1f, 1f, 0f, 0f], [4, 1])).ToArray().Should().Equal(3e4f, 0f, 0f, 1e4f);
    }

    [Fact]
    public void A_model_s_last_sigmoid_keeps_it_and_it_is_a_copy()
    {
        Tensor weights = Tensor.From(2f, 9f);
        var loss = new BinaryCrossEntropy { PositiveWeight = weights };
        weights.AsSpan()[0] = 100f;
        Sequential model = Sequential.Input(1).Dense(2).Sigmoid().Build().Compile(new Sgd(), loss);
        model.Parameters["dense.kernel"].Assign(new[,] { { 0f, 0f } });

        model.Evaluate(new Dataset(Tensor.Ones([1, 1]), Tensor.Ones([1, 2]))).Loss.Should().BeApproximately((float)(11 * Math.Log(2) / 2), 1e-6f);
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused()
    {
        foreach (float wrong in (float[])[0f, -1f, float.NaN, float.PositiveInfinity])
            FluentActions.Invoking(() => new BinaryCrossEntropy { PositiveWeight = Tensor.From(1f, wrong) })
                .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("PositiveWeight").WithMessage("*finite and > 0*");
        FluentActions.Invoking(() => new BinaryCrossEntropy { PositiveWeight = Tensor.Ones([2, 2]) })
            .Should().Throw<ShapeMismatchException>().WithMessage("*[2, 2]*");
        Sequential.Input(1).Dense(3).Sigmoid().Build().Invoking(m => m.Compile(new Sgd(), new BinaryCrossEntropy { PositiveWeight = new double[] { 1, 2 } }))
            .Should().Throw<ShapeMismatchException>().WithMessage("*2 numbers*3 outputs, [batch, 3]*");
        new BinaryCrossEntropy { PositiveWeight = new double[] { 1, 2 } }.Invoking(l => l.PerSample(Tensor.Full([4, 3], 0.5), Tensor.Zeros([4, 3])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*2 numbers*3 outputs*");
    }
}
