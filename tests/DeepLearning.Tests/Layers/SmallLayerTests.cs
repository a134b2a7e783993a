using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Layers;

/// <summary>Values of layers that are one formula each.</summary>
public sealed class SmallLayerTests
{
    [Fact]
    public void Softmax_over_another_dimension_sums_to_one_there()
    {
        Tensor x = Tensor.From([0f, 1f, 2f, 3f, 4f, 6f], [1, 3, 2]);
        double[] first = Softmax(0, 2, 4), second = Softmax(1, 3, 6);

        Sequential.Input(3, 2).Softmax(-2).Build().Predict(x).ShouldBeCloseTo([first[0], second[0], first[1], second[1], first[2], second[2]], 1e-6);
        Sequential.Input(3, 2).LogSoftmax(-2).Build().Predict(x).ShouldBeCloseTo(
            [.. new[] { first[0], second[0], first[1], second[1], first[2], second[2] }.Select(p => Math.Log(p))], 1e-6);

        static double[] Softmax(params double[] logits)
        {
            double sum = logits.Sum(Math.Exp);
            return [.. logits.Select(l => Math.Exp(l) / sum)];
        }
    }

    [Fact]
    public void Only_over_the_last_dimension_are_its_outputs_probabilities_to_a_loss()
    {
        Sequential rows = Sequential.Input(3, 3).Softmax(-2).Build();

        rows.Invoking(m => m.Compile(new Sgd(), new CategoricalCrossEntropy())).Should().Throw<ArgumentException>();
        rows.Logits(Tensor.Ones([1, 3, 3])).ToArray().Should().OnlyContain(v => MathF.Abs(v - (1 / 3f)) < 1e-6f);
        FluentActions.Invoking(() => new Softmax(1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*counted from the end*Got 1*");
        Sequential.Input(3).Softmax(-2).Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>().WithMessage("*works along dimension -2*[3]*");
    }

    [Fact]
    public void Glu_gates_the_first_half_by_the_second()
    {
        Tensor x = Tensor.From(new float[,] { { 1, -2, 0, 3 } });

        // PyTorch: F.glu(torch.tensor([[1., -2., 0., 3.]])) = [[0.5, -1.9051]].
        Sequential.Input(4).Glu().Build().Predict(x).ShouldBeCloseTo([0.5, -2 / (1 + Math.Exp(-3))], 1e-6);
        Sequential.Input(3).Glu().Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>().WithMessage("*size 3 is odd*");
        Sequential.Input(4).Glu(-2).Invoking(b => b.Build()).Should().Throw<ShapeMismatchException>().WithMessage("*dimension -2*");
    }

    [Fact]
    public void Rescaling_multiplies_then_adds()
    {
        Sequential.Input(2).Rescaling(1 / 127.5, -1).Build().Predict(Tensor.From(0f, 255f)).ShouldBeCloseTo([-1, 1], 1e-6);
        FluentActions.Invoking(() => new Rescaling(double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("scale");
        FluentActions.Invoking(() => new Rescaling(1, double.PositiveInfinity)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("offset");
    }

    [Fact]
    public void Stochastic_depth_drops_whole_samples_in_training_alone()
    {
        Sequential model = Sequential.Input(5).StochasticDepth(0.25).Build(seed: 1);
        Tensor x = Tensor.Ones([2000, 5]);

        float[][] rows = [.. model.Forward(x, training: true).ToArray().Chunk(5)];

        rows.Should().OnlyContain(row => row.All(v => v == row[0]) && (row[0] == 0f || MathF.Abs(row[0] - (4 / 3f)) < 1e-6f));
        // 500 of 2,000 are expected, with a standard deviation of 19.
        rows.Count(row => row[0] == 0f).Should().BeInRange(420, 580);
        model.Predict(x).ToArray().Should().OnlyContain(v => v == 1f);
        FluentActions.Invoking(() => new StochasticDepth(1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_residual_block_may_be_skipped_by_it()
    {
        Sequential model = Sequential.Input(3).Residual(b => b.Dense(3).Relu().StochasticDepth(0.5)).Build(seed: 1);
        Tensor x = Tensor.RandomNormal([50, 3], seed: 2);

        float[][] given = [.. x.ToArray().Chunk(3)], made = [.. model.Forward(x, training: true).ToArray().Chunk(3)];

        given.Zip(made).Count(p => p.First.SequenceEqual(p.Second)).Should().BeInRange(10, 45);
    }

    [Fact]
    public void A_lambda_is_a_function_with_a_shape_and_a_name_that_a_file_cannot_hold()
    {
        Sequential model = Sequential.Input(4).Lambda("halves", static x => x.Slice(-1, 0, 2), static s => [2]).Dense(1).Build(seed: 1);

        model.ToString().Should().Contain("Lambda(halves).Dense(1)");
        model.Predict(Tensor.Ones([2, 4])).Shape.Should().Equal(2, 1);
        model.Invoking(m => m.Save(Stream.Null)).Should().Throw<InvalidOperationException>()
            .WithMessage("layer 1 (Lambda(halves)) has no name in files*LayerKinds.BuiltIn.With*");
        Sequential.Input(4).Lambda("sum", static x => x.Sum(-1)).Build().Invoking(m => m.Predict(Tensor.Ones([2, 4])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*Lambda(sum)*declared an output of [batch, 4]*made [2]*");
        FluentActions.Invoking(() => new Lambda(" ", x => x)).Should().Throw<ArgumentException>().WithParameterName("name");
        FluentActions.Invoking(() => new Lambda("f", null!)).Should().Throw<ArgumentNullException>().WithParameterName("function");
    }
}
