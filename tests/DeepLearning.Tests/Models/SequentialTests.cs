namespace DeepLearning.Tests.Models;

public sealed class SequentialTests
{
    [Fact]
    public void Summary_lists_each_layer_with_its_output_and_parameters()
    {
        Sequential model = Sequential.Input(28, 28).Flatten().Dense(512).Relu().Dense(10).Softmax().Build();
        string expected = string.Join(
            Environment.NewLine,
            "Layer       Output           Parameters",
            "───────────────────────────────────────",
            "Input       [batch, 28, 28]           0",
            "Flatten()   [batch, 784]              0",
            "Dense(512)  [batch, 512]        401,920",
            "Relu()      [batch, 512]              0",
            "Dense(10)   [batch, 10]           5,130",
            "Softmax()   [batch, 10]               0",
            "───────────────────────────────────────",
            "407,050 parameters, 1.6 MiB");
        model.Summary().Should().Be(expected);
    }

    [Fact]
    public void ToString_reads_as_the_code_that_builds_it()
        => Sequential.Input(4).Dense(16).Relu().Dropout(0.2f).Dense(3).Softmax().Build().ToString()
            .Should().Be("Sequential.Input(4).Dense(16).Relu().Dropout(0.2).Dense(3).Softmax(): 131 parameters");

    [Fact]
    public void Summary_does_not_depend_on_the_culture()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Sequential model = Sequential.Input(1000).Dense(10).Dropout(0.5f).Build();
            model.Summary().Should().Contain("10,010 parameters, 39.1 KiB").And.Contain("Dropout(0.5)");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_documented_layer_of_one_s_own_scales_and_learns()
    {
        Sequential model = Sequential.Input(2).Add(new Scale()).Build();
        model.Compile(new Sgd(0.1f), new MeanSquaredError());
        model.Predict(new float[,] { { 3, 4 } }).ToArray().Should().Equal(3f, 4f);
        // dL/dγ = 2·(γx − y)·x/2 = (3 − 6)·3 and (4 − 4)·4 at γ = 1.
        model.TrainOnBatch(new float[,] { { 3, 4 } }, new float[,] { { 6, 4 } });
        model.Parameters["scale.gamma"].Value.ToArray().Should().Equal(1f + 0.1f * 9f, 1f);
    }

    [Fact]
    public void A_layer_that_makes_another_shape_than_it_declared_is_named()
    {
        Sequential model = Sequential.Input(2).Add(new Liar()).Dense(1).Build();
        model.Invoking(m => m.Predict(Tensor.Zeros([5, 2]))).Should().Throw<ShapeMismatchException>()
            .WithMessage("layer 1 (Liar()) declared an output of [batch, 3] in Build, but Forward made [5, 2]*");
    }

    [Fact]
    public void A_parameter_that_was_not_declared_is_named()
    {
        Sequential model = Sequential.Input(2).Add(new Forgetful()).Build();
        model.Invoking(m => m.Predict(Tensor.Zeros([1, 2]))).Should().Throw<KeyNotFoundException>().WithMessage("*no parameter gamma*");
    }

    [Fact]
    public void Fault11_a_wrong_number_of_features_names_both_counts_and_the_layer()
    {
        Sequential model = Sequential.Input(4).Dense(3).Build();
        const string Message = "layer 1 (Dense(3)) expects [batch, 4], got [2, 5]*";
        model.Invoking(m => m.Predict(Tensor.Zeros([2, 5]))).Should().Throw<ShapeMismatchException>().WithMessage(Message);
        model.Invoking(m => m.Forward(Tensor.Zeros([2, 5]))).Should().Throw<ShapeMismatchException>().WithMessage(Message);
        model.Invoking(m => m.Predict(new float[9], new float[6])).Should().Throw<ArgumentException>().WithMessage("*Dense(3)*samples of 4 values, got 9*");
        model.Invoking(m => m.Predict(new float[8], new float[5]))
            .Should().Throw<ArgumentException>().WithMessage("*2 predictions have 6 values, got room for 5*");
    }

    [Fact]
    public void Dropout_acts_in_training_only_and_differently_at_each_pass()
    {
        Sequential model = Sequential.Input(64).Dropout(0.5f).Build(seed: 5);
        Tensor x = Tensor.Ones([2, 64]);
        model.Predict(x).ToArray().Should().AllSatisfy(v => v.Should().Be(1f));
        model.Forward(x).ToArray().Should().AllSatisfy(v => v.Should().Be(1f));
        float[] first = model.Forward(x, training: true).ToArray(), second = model.Forward(x, new Tape()).ToArray();
        first.Distinct().Should().BeEquivalentTo([0f, 2f]);
        second.Should().NotEqual(first);
    }

    private sealed class Scale : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("gamma", input, Constant.Ones);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x * context["gamma"];
    }

    private sealed class Liar : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder) => [3];

        public override Tensor Forward(Tensor x, LayerContext context) => x * 2f;
    }

    private sealed class Forgetful : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x * context["gamma"];
    }
}
