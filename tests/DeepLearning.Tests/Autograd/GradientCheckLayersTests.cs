namespace DeepLearning.Tests.Autograd;

/// <summary>The check of a whole layer finds what is wrong with it.</summary>
public sealed class GradientCheckLayersTests
{
    [Fact]
    public void A_right_layer_passes() => GradientCheck.Verify(new Dense(4), [3]).Passed.Should().BeTrue();

    [Fact]
    public void A_layer_that_loses_a_part_of_its_input_gradient_is_found()
        => FluentActions.Invoking(() => GradientCheck.Verify(new Detached(), [3])).Should().Throw<GradientCheckException>().WithMessage("*input*");

    [Fact]
    public void A_layer_that_loses_a_parameter_gradient_is_found_by_the_name_of_the_parameter()
        => FluentActions.Invoking(() => GradientCheck.Verify(new Frozen(), [3])).Should().Throw<GradientCheckException>().WithMessage("*gamma*");

    [Fact]
    public void A_layer_that_makes_another_shape_than_it_says_is_found()
        => FluentActions.Invoking(() => GradientCheck.Verify(new Liar(), [3])).Should().Throw<ShapeMismatchException>().WithMessage("*[batch, 3]*[3, 2]*");

    /// <summary>x², half of whose slope is lost through a copy.</summary>
    private sealed class Detached : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x * x.Clone();
    }

    /// <summary>γ·x that computes with a copy of γ.</summary>
    private sealed class Frozen : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("gamma", input, Constant.Ones);
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x * context["gamma"].Clone();
    }

    /// <summary>Two of its inputs, without saying so.</summary>
    private sealed class Liar : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x.Slice(1, 0, 2);
    }
}
