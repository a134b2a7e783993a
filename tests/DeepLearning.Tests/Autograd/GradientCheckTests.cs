namespace DeepLearning.Tests.Autograd;

public sealed class GradientCheckTests
{
    private static readonly Tensor X = Tensor.RandomUniform([3, 5], seed: 1, 0.5f, 2f);

    [Fact]
    public void A_right_gradient_passes_and_the_result_says_so()
    {
        GradientCheckResult result = GradientCheck.Verify(x => x.Tanh() * x.Log(), X);

        result.Passed.Should().BeTrue();
        result.Input.Should().Be("input 0");
        result.Difference.Should().BeLessThan(result.Tolerance);
        result.ToString().Should().StartWith("Gradient check passed: the worst element is input 0[");
    }

    [Theory]
    [InlineData(1.01f)]
    [InlineData(0.99f)]
    [InlineData(-1f)]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    public void A_gradient_off_by_a_factor_is_found(float factor)
    {
        GradientCheckResult result = GradientCheck.Check(x => FaultyIdentity.Apply(x.Exp(), factor, forgetsOthers: false), X, GradientCheck.DefaultTolerance);

        result.Passed.Should().BeFalse();
    }

    [Fact]
    public void A_gradient_that_overwrites_instead_of_adding_is_found()
    {
        Func<Tensor, Tensor> Twice(bool forgetsOthers) => x => FaultyIdentity.Apply(x, 1f, forgetsOthers) + x.Square();

        GradientCheck.Check(Twice(forgetsOthers: false), X, GradientCheck.DefaultTolerance).Passed.Should().BeTrue();
        GradientCheck.Check(Twice(forgetsOthers: true), X, GradientCheck.DefaultTolerance).Passed.Should().BeFalse();
    }

    [Fact]
    public void The_exception_names_the_worst_element_both_values_and_the_tolerance()
    {
        // f = 3·x with a gradient of 6: wrong everywhere; and only the second input is wrong.
        Action check = () => GradientCheck.Verify(x => x[0] + FaultyIdentity.Apply(x[1] * 3f, 2f, forgetsOthers: false), Tensor.Ones([2]), Tensor.Ones([2]));

        GradientCheckResult result = check.Should().Throw<GradientCheckException>()
            .WithMessage("Gradient check failed: the worst element is input 1[?], analytic *, numeric *, difference *, allowed *").Which.Result;
        result.Analytic.Should().BeApproximately(2 * result.Numeric, 1e-3 * Math.Abs(result.Numeric));
    }

    [Fact]
    public void Two_results_mistaken_for_each_other_are_found()
    {
        // The tape sees x transposed wrongly (as itself), the differences see the right values: a plain sum could not tell.
        var square = Tensor.From(new float[,] { { 1f, 2f }, { 3f, 4f } });
        int calls = 0;
        GradientCheckResult result = GradientCheck.Check(x => calls++ == 0 ? x * 1f : x.Transpose(), square, GradientCheck.DefaultTolerance);

        result.Passed.Should().BeFalse();
    }

    [Fact]
    public void The_inputs_keep_their_bits_and_a_function_may_return_its_input()
    {
        float[] before = X.ToArray();

        GradientCheck.Verify(x => x, X);

        X.ToArray().Should().Equal(before);
    }

    [Fact]
    public void Fault25_null_arguments_are_named()
    {
        FluentActions.Invoking(() => GradientCheck.Verify((Func<Tensor, Tensor>)null!, X)).Should().Throw<ArgumentNullException>().WithParameterName("f");
        FluentActions.Invoking(() => GradientCheck.Verify(x => x, (Tensor)null!)).Should().Throw<ArgumentNullException>().WithParameterName("x");
        FluentActions.Invoking(() => GradientCheck.Check(x => x[0], null!, 1e-3f)).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
    }

    /// <summary>y = x with a gradient that is wrong by a factor, or forgets what the tape has gathered before.</summary>
    private sealed class FaultyIdentity : Op
    {
        private Tensor x = null!;
        private float factor;
        private bool forgets;

        public static Tensor Apply(Tensor x, float factor, bool forgetsOthers)
        {
            Tape? tape = Tape.Of(x);
            Tensor y = Tensor.Allocate(tape, x.Shape);
            x.AsReadOnlySpan().CopyTo(y.AsSpan());
            if (tape?.Record<FaultyIdentity>(y, x) is { } op) (op.x, op.factor, op.forgets) = (x, factor, forgetsOthers);
            return y;
        }

        public override void Backward(Tensor dy, GradientPlaces places)
        {
            if (!places.Wants(x, out Span<float> dx, out bool accumulate)) return;
            for (int i = 0; i < dx.Length; i++) dx[i] = (accumulate && !forgets ? dx[i] : 0f) + factor * dy.AsReadOnlySpan()[i];
        }
    }
}
