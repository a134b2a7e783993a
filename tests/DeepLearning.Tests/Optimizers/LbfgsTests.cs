using DeepLearning.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Tests.Optimizers;

public sealed class LbfgsTests
{
    [Fact]
    public void A_linear_regression_ends_at_the_solution_of_the_normal_equations()
    {
        Tensor x = Tensor.RandomNormal([50, 4], seed: 1), y = Tensor.RandomNormal([50, 1], seed: 2);
        Sequential model = Sequential.Input(4).Dense(1).Build(seed: 3);
        LbfgsResult result = new Lbfgs().Minimize(model.Parameters, tape => DeepLearning.Losses.MeanSquaredError(model.Forward(x, tape), y));

        Matrix<double> a = Matrix<double>.Build.Dense(50, 5, (r, c) => c == 4 ? 1 : x[r, c]);
        Vector<double> solution = a.QR().Solve(Vector<double>.Build.Dense(50, r => y[r, 0]));
        // The loss is a parabola: where float32 no longer tells it from the lowest, to 1e-7, the weights may still be √1e-7 away.
        model.Parameters.SelectMany(p => p.Value.ToArray()).ToArray().ShouldBeCloseTo([.. solution], 3e-4);
        double loss = (a * solution - Vector<double>.Build.Dense(50, r => y[r, 0])).PointwisePower(2).Average();
        ((double)result.Loss).Should().BeApproximately(loss, 1e-6);
        result.Converged.Should().BeTrue();
        result.Iterations.Should().BeInRange(2, 20);
    }

    [Fact]
    public void The_valley_of_Rosenbrock_is_followed_to_its_end()
    {
        var parameters = new ParameterSet(("x", [1]), ("y", [1]));
        parameters["x"].Assign(new[] { -1.2f });
        parameters["y"].Assign(new[] { 1f });
        LbfgsResult result = new Lbfgs { LossTolerance = 0 }.Minimize(parameters, tape =>
        {
            Tensor x = tape.Watch(parameters["x"]), y = tape.Watch(parameters["y"]);
            return ((1 - x).Square() + 100 * (y - x.Square()).Square()).Sum();
        });
        parameters.Select(p => (float)p.Value).Should().AllSatisfy(v => v.Should().BeApproximately(1, 1e-3f));
        result.Loss.Should().BeLessThan(1e-6f);
        result.Iterations.Should().BeLessThan(60);
    }

    [Fact]
    public void It_needs_a_fraction_of_the_evaluations_of_Adam()
    {
        Dataset data = Synthetic.Moons(200, seed: 1, noise: 0.1);
        LbfgsResult result = new Lbfgs(maxIterations: 60).Minimize(Network(out Sequential network).Parameters, tape => LossOf(network, tape));
        Sequential adam = Network(out _);
        var optimizer = new Adam(0.01);
        for (int step = 0; step < 4 * result.Evaluations; step++)
        {
            var tape = new Tape();
            optimizer.Update(adam.Parameters, tape.Gradients(LossOf(adam, tape)));
        }

        result.Loss.Should().BeLessThan((float)LossOf(adam, null));
        ((float)LossOf(network, null)).Should().Be(result.Loss, "the parameters have the lowest loss");

        Sequential Network(out Sequential made) => made = Sequential.Input(2).Dense(16).Tanh().Dense(1).Build(seed: 4);

        Tensor LossOf(Sequential model, Tape? tape)
            => DeepLearning.Losses.BinaryCrossEntropy(model.Forward(data.Inputs, tape), data.Targets.Reshape(-1, 1), fromLogits: true);
    }

    [Fact]
    public void What_is_frozen_keeps_its_bits()
    {
        Sequential model = Sequential.Input(2).Dense(3).Tanh().Dense(1).Build(seed: 1);
        model.Freeze("dense");
        float[] before = model.Parameters["dense.kernel"].Value.ToArray();
        Tensor x = Tensor.RandomNormal([20, 2], seed: 1), y = Tensor.RandomNormal([20, 1], seed: 2);
        new Lbfgs(5).Minimize(model.Parameters, tape => DeepLearning.Losses.MeanSquaredError(model.Forward(x, tape), y)).Iterations.Should().BeGreaterThan(0);
        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(before);
    }

    [Fact]
    public void It_says_why_it_stopped()
    {
        var parameters = new ParameterSet(("x", [1]));
        Tensor bowl(Tape tape) => (tape.Watch(parameters["x"]) - 3).Square().Sum();
        new Lbfgs(maxIterations: 1).Minimize(parameters, bowl).Stop.Should().Be(LbfgsStop.MaxIterations);
        new Lbfgs().Minimize(parameters, bowl).Stop.Should().Be(LbfgsStop.Gradient);
        parameters["x"].Assign(new[] { 0f });
        new Lbfgs { GradientTolerance = 0, LossTolerance = 0.5 }.Minimize(parameters, tape => bowl(tape) + 100).Stop.Should().Be(LbfgsStop.Loss);
        int calls = 0;
        parameters["x"].Assign(new[] { 0f });
        new Lbfgs().Minimize(parameters, tape => bowl(tape) + 100 * calls++).Stop.Should().Be(LbfgsStop.LineSearch);
    }

    [Fact]
    public void A_loss_that_overflows_along_the_way_is_stepped_back_from()
    {
        var parameters = new ParameterSet(("x", [1]));
        // The first step tries x − e⁸⁰.
        parameters["x"].Assign(new[] { 80f });
        Tensor loss(Tape tape) => (tape.Watch(parameters["x"]).Exp() - 2 * tape.Watch(parameters["x"])).Sum();
        LbfgsResult result = new Lbfgs(maxIterations: 200).Minimize(parameters, loss);
        ((float)parameters["x"].Value).Should().BeApproximately(MathF.Log(2), 1e-3f);
        result.Stop.Should().NotBe(LbfgsStop.MaxIterations);
    }

    [Fact]
    public void A_start_that_is_not_finite_a_constraint_and_a_loss_without_parameters_are_refused_with_nothing_changed()
    {
        var parameters = new ParameterSet(("x", [1]));
        new Lbfgs().Invoking(l => l.Minimize(parameters, tape => (tape.Watch(parameters["x"]) / 0).Sum())).Should().Throw<ArgumentException>()
            .WithMessage("Lbfgs needs a loss and gradients that are finite at the start.*");
        new Lbfgs().Invoking(l => l.Minimize(parameters, _ => Tensor.Ones([1]))).Should().Throw<ArgumentException>();
        var constrained = new ParameterSet(("x", [1], new ParameterOptions { Constraint = new NonNegative() }));
        new Lbfgs().Invoking(l => l.Minimize(constrained, tape => tape.Watch(constrained["x"]).Sum())).Should().Throw<InvalidOperationException>()
            .WithMessage("x has the constraint NonNegative()*");
        ((float)parameters["x"].Value).Should().Be(0);
    }

    [Fact]
    public void When_it_is_cancelled_the_parameters_have_the_lowest_loss_so_far()
    {
        Tensor x = Tensor.RandomNormal([50, 4], seed: 1), y = Tensor.RandomNormal([50, 1], seed: 2);
        Sequential model = Sequential.Input(4).Dense(8).Tanh().Dense(1).Build(seed: 3);
        using var source = new CancellationTokenSource();
        var seen = new List<float>();
        new Lbfgs().Invoking(l => l.Minimize(
            model.Parameters,
            tape =>
            {
                Tensor loss = DeepLearning.Losses.MeanSquaredError(model.Forward(x, tape), y);
                seen.Add(loss.ToScalar());
                if (seen.Count == 6) source.Cancel();
                return loss;
            },
            source.Token)).Should().Throw<OperationCanceledException>();
        DeepLearning.Losses.MeanSquaredError(model.Forward(x), y).ToScalar().Should().Be(seen.Min());
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Refused(() => new Lbfgs(0));
        Refused(() => new Lbfgs { MaxIterations = 0 });
        Refused(() => new Lbfgs { History = 0 });
        Refused(() => new Lbfgs { GradientTolerance = -1 });
        Refused(() => new Lbfgs { LossTolerance = double.NaN });

        static void Refused(Func<Lbfgs> make) => make.Should().Throw<ArgumentOutOfRangeException>();
    }
}
