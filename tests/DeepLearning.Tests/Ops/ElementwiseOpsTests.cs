using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Ops;

/// <summary>Values of the elementwise operations against double precision, and their slopes at kinks.</summary>
public sealed class ElementwiseOpsTests
{
    private static readonly Tensor X = Tensor.Range(1001, -5f, 0.01f);

    // Float32 evaluations within a few units in the last place: 4·2⁻²⁴ ≈ 2.4e-7 of values about 1.
    private const double Rounding = 5e-7;

    public static TheoryData<string> Names => [.. Table.Keys];

    private static Dictionary<string, (Func<Tensor, Tensor> Op, Func<double, double> Oracle)> Table { get; } = new()
    {
        ["exp"] = (x => x.Exp(), Math.Exp),
        ["log"] = (x => x.Abs().Log(), x => Math.Log(Math.Abs(x))),
        ["sigmoid"] = (x => x.Sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ["tanh"] = (x => x.Tanh(), Math.Tanh),
        ["relu"] = (x => x.Relu(), x => Math.Max(0, x)),
        ["abs"] = (x => x.Abs(), Math.Abs),
        ["square"] = (x => x.Square(), x => x * x),
        ["sqrt"] = (x => x.Abs().Sqrt(), x => Math.Sqrt(Math.Abs(x))),
        ["x³"] = (x => x.Pow(3f), x => x * x * x),
        ["x⁰"] = (x => x.Pow(0f), _ => 1),
        ["clip"] = (x => x.Clip(-1f, 2f), x => Math.Clamp(x, -1, 2)),
        ["3 − x"] = (x => 3f - x, x => 3 - x),
        ["3 / x"] = (x => 3f / (x + 10f), x => 3 / ((float)x + 10f)),
        ["x / 3"] = (x => x / 3f, x => x / 3),
        ["−x"] = (x => -x, x => -x),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_agree_with_double_precision(string name)
        => Table[name].Op(X).ShouldBeCloseTo([.. X.ToArray().Select(v => Table[name].Oracle(v))], Rounding, name);

    [Fact]
    public void Comparisons_are_0_or_1_and_NaN_compares_false()
    {
        Tensor x = Tensor.From(1f, 2f, 3f, float.NaN);

        x.Greater(2f).ToArray().Should().Equal(0f, 0f, 1f, 0f);
        x.GreaterOrEqual(2f).ToArray().Should().Equal(0f, 1f, 1f, 0f);
        x.Less(2f).ToArray().Should().Equal(1f, 0f, 0f, 0f);
        x.LessOrEqual(2f).ToArray().Should().Equal(1f, 1f, 0f, 0f);
        x.EqualTo(2f).ToArray().Should().Equal(0f, 1f, 0f, 0f);
        x.EqualTo(x).ToArray().Should().Equal(1f, 1f, 1f, 0f);
    }

    [Fact]
    public void No_gradient_flows_through_a_comparison()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(1f, 3f));

        tape.IsTracked(x.Greater(2f)).Should().BeFalse();
        tape.Gradients((x.Greater(2f) * x).Sum())[x].ToArray().Should().Equal(0f, 1f);
    }

    [Fact]
    public void Where_keeps_a_NaN_of_the_other_side_out_of_value_and_gradient()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(float.NaN, 2f)), y = tape.Watch(Tensor.From(3f, float.NaN));
        Tensor z = Tensor.Where(Tensor.From(0f, 1f), x, y);

        Gradients gradients = tape.Gradients(z.Square().Sum());

        z.ToArray().Should().Equal(3f, 2f);
        gradients[x].ToArray().Should().Equal(0f, 4f);
        gradients[y].ToArray().Should().Equal(6f, 0f);
    }

    [Fact]
    public void Fault35_kinks_have_the_documented_slope()
    {
        Slope(x => x.Abs(), 0f).Should().Be(0f);
        Slope(x => x.Relu(), 0f).Should().Be(0f);
        Slope(x => x.Sqrt(), 0f).Should().Be(0f);
        Slope(x => x.Pow(0.5f), 0f).Should().Be(0f);
        Slope(x => x.Pow(0.3f), 0f).Should().Be(0f, "the slope is infinite");
        Slope(x => x.Pow(1f), 0f).Should().Be(1f);
        Slope(x => x.Pow(0f), 0f).Should().Be(0f);
        Slope(x => x.Clip(-1f, 2f), -1f).Should().Be(1f, "the bounds belong to the inside");
        Slope(x => x.Clip(-1f, 2f), 2f).Should().Be(1f);
        Slope(x => x.Clip(-1f, 2f), 2.1f).Should().Be(0f);
    }

    [Fact]
    public void Fault35_a_tie_of_two_operands_halves_the_gradient()
    {
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(1f, 2f)), y = tape.Watch(Tensor.From(1f, 1f));

        Gradients larger = tape.Gradients(Tensor.Maximum(x, y).Sum()), smaller = tape.Gradients(Tensor.Minimum(x, y).Sum());

        larger[x].ToArray().Should().Equal(0.5f, 1f);
        larger[y].ToArray().Should().Equal(0.5f, 0f);
        smaller[x].ToArray().Should().Equal(0.5f, 0f);
        smaller[y].ToArray().Should().Equal(0.5f, 1f);
    }

    [Fact]
    public void Bounds_that_are_reversed_or_NaN_throw()
    {
        FluentActions.Invoking(() => X.Clip(2f, 1f)).Should().Throw<ArgumentException>().WithParameterName("minimum");
        FluentActions.Invoking(() => X.Clip(float.NaN, 1f)).Should().Throw<ArgumentException>();
    }

    private static float Slope(Func<Tensor, Tensor> f, float at)
    {
        var tape = new Tape();
        Tensor x = tape.Watch(at);
        return (float)tape.Gradients(f(x))[x];
    }
}
