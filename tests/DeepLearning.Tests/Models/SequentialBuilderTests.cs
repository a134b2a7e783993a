namespace DeepLearning.Tests.Models;

public sealed class SequentialBuilderTests
{
    private static SequentialBuilder Builder => Sequential.Input(4).Dense(3).Relu().Dense(2).Softmax();

    [Fact]
    public void Two_builds_have_parameters_of_their_own()
    {
        SequentialBuilder builder = Builder;
        Sequential first = builder.Build(seed: 1), second = builder.Build(seed: 1);
        second.Parameters["dense.kernel"].Value.ToArray().Should().Equal(first.Parameters["dense.kernel"].Value.ToArray());
        first.Parameters["dense.kernel"].Value.AsSpan().Fill(5f);
        second.Parameters["dense.kernel"].Value.ToArray().Should().NotContain(5f);
    }

    [Fact]
    public void A_builder_that_goes_on_does_not_change_what_it_built()
    {
        SequentialBuilder builder = Builder;
        Sequential model = builder.Build();
        builder.Dense(9);
        model.Layers.Should().HaveCount(4);
        model.OutputShape.Should().Equal(2);
    }

    [Fact]
    public void Layers_are_numbered_from_the_second_of_a_kind_on()
        => Sequential.Input(4).Dense(3).Dense(3).Dense(1).Build().Parameters.Select(p => p.Name)
            .Should().Equal("dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias", "dense_2.kernel", "dense_2.bias");

    [Theory]
    [InlineData("BatchNormalization", "batch_normalization.w")]
    [InlineData("Conv2D", "conv2d.w")]
    [InlineData("LSTM", "lstm.w")]
    public void A_kind_becomes_Keras_s_snake_case(string kind, string name)
        => Sequential.Input(1).Add(new Named(kind)).Build().Parameters[0].Name.Should().Be(name);

    [Fact]
    public void The_same_layer_object_twice_has_parameters_twice()
    {
        var shared = new Dense(4);
        Sequential model = Sequential.Input(4).Add(shared).Add(shared).Build();
        model.Parameters.Count.Should().Be(4);
        model.Parameters[0].Value.ToArray().Should().NotEqual(model.Parameters[2].Value.ToArray());
    }

    [Fact]
    public void Another_seed_gives_other_weights()
        => Builder.Build(seed: 1).Parameters[0].Value.ToArray().Should().NotEqual(Builder.Build(seed: 2).Parameters[0].Value.ToArray());

    [Fact]
    public void A_layer_that_cannot_take_its_input_is_named_with_the_one_before()
    {
        Action build = () => Sequential.Input(4).Dense(6).Reshape(5).Build();
        build.Should().Throw<ShapeMismatchException>().WithMessage("*layer 2 (Reshape(5))*layer 1 (Dense(6)) produces*6*");
    }

    [Fact]
    public void The_first_layer_is_named_with_the_input()
    {
        Action build = () => Sequential.Input(4).Reshape(5).Build();
        build.Should().Throw<ShapeMismatchException>().WithMessage("*layer 1 (Reshape(5))*the input is [batch, 4]*");
    }

    [Fact]
    public void A_model_without_layers_throws()
        => FluentActions.Invoking(() => Sequential.Input(4).Build()).Should().Throw<InvalidOperationException>().WithMessage("*at least one layer*");

    [Fact]
    public void Fault25_a_null_layer_throws_with_its_name()
        => FluentActions.Invoking(() => Sequential.Input(4).Add((Layer)null!)).Should().Throw<ArgumentNullException>().WithParameterName("layer");

    [Fact]
    public void An_input_dimension_of_0_throws()
        => FluentActions.Invoking(() => Sequential.Input(4, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("shape");

    [Fact]
    public void A_name_declared_twice_throws()
        => FluentActions.Invoking(() => Sequential.Input(1).Add(new Twice()).Build())
            .Should().Throw<ArgumentException>().WithMessage("*already has a parameter w*");

    private sealed class Named(string kind) : Layer
    {
        public override string Kind => kind;

        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("w", input, Constant.Ones);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x * context["w"];
    }

    private sealed class Twice : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("w", input, Constant.Ones);
            builder.AddParameter("w", input, Constant.Ones);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x;
    }
}
