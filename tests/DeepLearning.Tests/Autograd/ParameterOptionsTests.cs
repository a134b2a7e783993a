namespace DeepLearning.Tests.Autograd;

public sealed class ParameterOptionsTests
{
    [Fact]
    public void By_default_a_parameter_is_trained_like_all_others()
    {
        Parameter parameter = new ParameterSet(("w", [2]))[0];
        parameter.Options.Should().Be(new ParameterOptions());
        (parameter.Trainable, parameter.Decays, parameter.RateScale).Should().Be((true, true, 1));
        (parameter.Options.Regularizer, parameter.Options.Constraint).Should().Be((null, null));
    }

    [Fact]
    public void Options_are_given_with_the_name_and_Trainable_changes_later()
    {
        var options = new ParameterOptions { Trainable = false, Decays = false, RateScale = 0.5, Regularizer = new L2(), Constraint = new NonNegative() };
        var set = new ParameterSet(("w", [2], options), ("b", [2], null));
        set[0].Options.Should().BeSameAs(options);
        set[1].Options.Should().Be(new ParameterOptions());
        set[0].Trainable = true;
        set[0].Options.Should().Be(options with { Trainable = true });
        options.Trainable.Should().BeFalse("the options that were given may be of other parameters too");
        (set[1].Trainable, set["w"].RateScale, set["w"].Decays).Should().Be((true, 0.5, false));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void Fault20_a_rate_scale_that_is_negative_or_not_finite_is_refused_by_name(double scale)
        => FluentActions.Invoking(() => new ParameterOptions { RateScale = scale }).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("RateScale");

    [Fact]
    public void The_options_that_a_layer_gives_reach_the_model_and_its_copies()
    {
        (Regularizer kernel, Regularizer bias, Constraint held) = (new L2(0.1), new L1(0.2), new MaxNorm(3));
        Sequential model = Sequential.Input(2).Add(new Scaled())
            .Add(new Dense(3) { KernelRegularizer = kernel, BiasRegularizer = bias, KernelConstraint = held, BiasConstraint = new NonNegative() }).Build();
        model.Parameters[0].Trainable = false;
        foreach (ParameterSet parameters in (ParameterSet[])[model.Parameters, model.Clone().Parameters])
        {
            parameters.Select(p => p.Options.RateScale).Should().Equal(0.25, 1, 1);
            parameters.Select(p => p.Options.Decays).Should().Equal(false, true, true);
            parameters.Select(p => p.Options.Regularizer).Should().Equal(null, kernel, bias);
            parameters[1].Options.Constraint.Should().BeSameAs(held);
            parameters[2].Options.Constraint.Should().BeOfType<NonNegative>();
            parameters.Select(p => p.Trainable).Should().Equal(false, true, true);
        }
    }

    [Fact]
    public void The_penalty_is_the_sum_over_trainable_parameters_and_null_without_any()
    {
        new ParameterSet(("w", [2])).Penalty().Should().BeNull();
        var set = new ParameterSet(
            ("a", [2], new ParameterOptions { Regularizer = new L2(0.5) }), ("b", [2], null), ("c", [1], new ParameterOptions { Regularizer = new L1(2) }));
        foreach (Parameter parameter in set) parameter.Value.AsSpan().Fill(3f);
        set.Penalty()!.ToScalar().Should().Be(0.5f * 18 + 2 * 3);
        var tape = new Tape();
        Gradients gradients = tape.Gradients(set.Penalty(tape)!);
        set.Select(p => gradients[p].ToArray()[0]).Should().Equal(3f, 0f, 2f);
        set["a"].Trainable = false;
        set.Penalty()!.ToScalar().Should().Be(6f);
        set["c"].Trainable = false;
        set.Penalty().Should().BeNull();
    }

    [Fact]
    public void A_penalty_that_is_no_single_number_or_has_no_gradient_is_refused_with_regularizer_and_parameter()
    {
        static ParameterSet With(Regularizer regularizer) => new(("dense.kernel", [2], new ParameterOptions { Regularizer = regularizer }));
        With(new Vectors()).Invoking(p => p.Penalty()).Should().Throw<InvalidOperationException>().WithMessage("*Vectors()*dense.kernel*[2]*Sum()*");
        With(new Untracked()).Invoking(p => p.Penalty(new Tape())).Should().Throw<InvalidOperationException>()
            .WithMessage("*Untracked()*dense.kernel*no gradient*");
        With(new Untracked()).Penalty()!.ToScalar().Should().Be(0f, "without a tape there is no gradient to miss");
    }

    private sealed class Scaled : Layer
    {
        public override Shape Build(Shape input, LayerBuilder builder)
        {
            builder.AddParameter("gamma", input, Constant.Ones, new ParameterOptions { RateScale = 0.25, Decays = false });
            return input;
        }

        public override Tensor Forward(Tensor x, LayerContext context) => x * context["gamma"];
    }

    private sealed class Vectors : Regularizer
    {
        public override Tensor Penalty(Tensor parameter) => parameter.Square();
    }

    private sealed class Untracked : Regularizer
    {
        public override Tensor Penalty(Tensor parameter) => parameter.Clone().Sum();
    }
}
