using DeepLearning.Tests.Support;
using MathNet.Numerics;

namespace DeepLearning.Tests.Layers.Activations;

/// <summary>Activations against their formulas in double.</summary>
public sealed class ActivationTests
{
    private static readonly float[] Places = [-1e4f, -100f, -20f, -5f, -3f, -2.5f, -1f, -0.5f, -1e-3f, 0f, 1e-3f, 0.5f, 1f, 2.5f, 3f, 5f, 20f, 80f];

    private static readonly Dictionary<string, (Activation Activation, Func<double, double> Formula)> Formulas = new()
    {
        ["Elu"] = (new Elu(), x => x > 0 ? x : Math.Exp(x) - 1),
        ["Elu(0.5)"] = (new Elu(0.5f), x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1)),
        ["Gelu"] = (new Gelu(), x => x * 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2))),
        ["Gelu by tanh"] = (new Gelu { Approximate = true }, x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        ["HardSigmoid"] = (new HardSigmoid(), x => Math.Clamp(x + 3, 0, 6) / 6),
        ["HardSwish"] = (new HardSwish(), x => x * Math.Clamp(x + 3, 0, 6) / 6),
        ["LeakyRelu"] = (new LeakyRelu(), x => x > 0 ? x : 0.3f * x),
        ["LeakyRelu(0.01)"] = (new LeakyRelu(0.01f), x => x > 0 ? x : 0.01f * x),
        ["Mish"] = (new Mish(), x => x * Math.Tanh(Softplus(x))),
        ["Relu"] = (new Relu(), x => Math.Max(0, x)),
        ["Selu"] = (new Selu(), x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        ["Sigmoid"] = (new Sigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ["Silu"] = (new Silu(), x => x / (1 + Math.Exp(-x))),
        ["Softplus"] = (new Softplus(), Softplus),
        ["Softsign"] = (new Softsign(), x => x / (1 + Math.Abs(x))),
        ["Tanh"] = (new Tanh(), Math.Tanh),
        ["Exponential"] = (new Exponential(), Math.Exp),
    };

    public static TheoryData<string> Names() => [.. Formulas.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_follows_its_formula(string name)
    {
        (Activation activation, Func<double, double> formula) = Formulas[name];

        // Float32 keeps seven digits; near a zero of the formula, seven digits of its terms.
        activation.Apply(Tensor.From(Places)).ShouldBeCloseTo([.. Places.Select(x => formula(x))], 1e-6, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fault30_it_and_its_slope_are_finite_and_right_far_out(string name)
    {
        (Activation activation, Func<double, double> formula) = Formulas[name];
        float[] places = name == "Exponential" ? [-1e4f, -300f] : [-1e4f, -300f, 300f, 1e4f];
        var tape = new Tape();
        Tensor x = tape.Watch(Tensor.From(places)), y = activation.Apply(x);

        y.ShouldBeCloseTo([.. places.Select(v => formula(v))], 1e-6, name);
        // Far out every activation is a straight line, whose slope a difference over a whole step gives.
        tape.Gradients(y, Tensor.Ones(y.Shape))[x].ShouldBeCloseTo([.. places.Select(v => (formula(v + 1.0) - formula(v - 1.0)) / 2)], 1e-4, name);
    }

    [Theory]
    [InlineData("Relu", 0f, 0f)]
    [InlineData("LeakyRelu", 0f, 0.3f)]
    [InlineData("Elu", 0f, 1f)]
    [InlineData("Elu(0.5)", 0f, 0.5f)]
    [InlineData("Selu", 0f, 1.75809934f)]
    [InlineData("HardSigmoid", -3f, 0f)]
    [InlineData("HardSigmoid", 3f, 0f)]
    [InlineData("HardSwish", -3f, 0f)]
    [InlineData("HardSwish", 3f, 1f)]
    [InlineData("Softsign", 0f, 1f)]
    public void Fault35_the_slope_at_a_kink_is_the_documented_one(string name, float at, float slope)
    {
        var tape = new Tape();
        Tensor x = tape.Watch(at);

        ((float)tape.Gradients(Formulas[name].Activation.Apply(x))[x]).Should().Be(slope);
    }

    [Fact]
    public void Fault26_softmax_of_large_logits_is_the_exact_limit()
    {
        new Softmax().Apply(Tensor.From([1e4f, -1e4f, 0f, 1e4f], [1, 4])).ToArray().Should().Equal(0.5f, 0f, 0f, 0.5f);
        new Softmax().Apply(Tensor.From([-1e4f, -1e4f], [1, 2])).ToArray().Should().Equal(0.5f, 0.5f);
        new LogSoftmax().Apply(Tensor.From([1e4f, -1e4f, 0f], [1, 3])).ToArray().Should().Equal(0f, -2e4f, -1e4f);
    }

    [Fact]
    public void Fault27_a_row_of_negative_infinity_gives_equal_shares_and_no_NaN()
    {
        float[] row = [float.NegativeInfinity, float.NegativeInfinity];

        new Softmax().Apply(Tensor.From(row, [1, 2])).ToArray().Should().Equal(0.5f, 0.5f);
        new LogSoftmax().Apply(Tensor.From(row, [1, 2])).ShouldBeCloseTo([-Math.Log(2), -Math.Log(2)], 1e-6);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fault20_a_slope_or_alpha_that_is_negative_or_not_finite_is_rejected(float value)
    {
        FluentActions.Invoking(() => new LeakyRelu(value)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("negativeSlope");
        FluentActions.Invoking(() => new Elu(value)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("alpha");
    }

    [Fact]
    public void The_builder_has_every_activation()
    {
        Sequential model = Sequential.Input(4)
            .Relu().Sigmoid().Tanh().Silu().Softmax().LogSoftmax().LeakyRelu(0.2f).Elu(0.5f).Selu().Gelu(approximate: true).Softplus().Softsign()
            .HardSigmoid().HardSwish().Mish().Exponential()
            .Build();

        IEnumerable<Type> all = typeof(Activation).Assembly.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Activation)) && !t.IsAbstract);
        model.Layers.Select(l => l.GetType()).Should().BeEquivalentTo(all);
        model.ToString().Should().Contain("LeakyRelu(0.2).Elu(0.5).Selu().Gelu(approximate: true)");
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
