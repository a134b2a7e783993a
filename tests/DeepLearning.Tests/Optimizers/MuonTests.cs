using DeepLearning.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace DeepLearning.Tests.Optimizers;

/// <summary>What the table of optimizers, whose parameters are vectors, does not have: matrices, and which parameters are taken for them.</summary>
public sealed class MuonTests
{
    [Theory]
    [InlineData(4, 3, true)]
    [InlineData(3, 5, true)]
    [InlineData(3, 5, false)]
    [InlineData(1, 6, true)]
    [InlineData(70, 40, true)]
    public void A_matrix_follows_its_recurrence_in_double(int rows, int columns, bool nesterov)
    {
        var parameters = new ParameterSet(("kernel", [rows, columns]));
        float[] start = [.. Enumerable.Range(0, rows * columns).Select(i => MathF.Sin(i))];
        parameters[0].Assign(Tensor.From(start, [rows, columns]));
        var optimizer = new Muon(0.02) { Nesterov = nesterov };
        Matrix<double> w = Double(start), m = w * 0;
        for (int t = 1; t <= 10; t++)
        {
            float[] g = [.. start.Select((_, i) => MathF.Cos(i * t) + 0.3f)];
            Step(optimizer, parameters, g);
            m = 0.95f * m + Double(g);
            Matrix<double> x = nesterov ? Double(g) + 0.95f * m : m;
            x /= x.FrobeniusNorm() + 1e-7;
            for (int step = 0; step < 6; step++)
            {
                Matrix<double> a = x * x.Transpose();
                x = 3.4445 * x + (-4.775 * a + 2.0315 * a * a) * x;
            }

            w = w * (1 - 0.02 * 0.1f) - 0.02 * Math.Sqrt(Math.Max(1, (double)rows / columns)) * x;
        }

        // Six steps multiply the rounding of a small singular value by up to 3.4⁶, and each changes the weights by 0.02.
        parameters[0].Value.ToArray().ShouldBeCloseTo(w.ToRowMajorArray(), 2e-5);

        Matrix<double> Double(float[] values) => Matrix<double>.Build.Dense(rows, columns, (i, j) => values[i * columns + j]);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(30, 10)]
    [InlineData(10, 30)]
    public void The_iteration_brings_singular_values_to_about_1_and_keeps_singular_vectors(int rows, int columns)
    {
        int side = Math.Min(rows, columns);
        float[] u = Tensor.RandomNormal([rows, columns], seed: 1).ToArray();
        Matrix<double> before = Matrix<double>.Build.Dense(rows, columns, (i, j) => u[i * columns + j]);
        float[] result = new NewtonSchulz(rows, columns, u, new float[u.Length], new float[side * side], new float[side * side]).Run(6).ToArray();
        Matrix<double> after = Matrix<double>.Build.Dense(rows, columns, (i, j) => result[i * columns + j]);

        after.Svd().S.Should().OnlyContain(s => s > 0.6 && s < 1.3);
        // Xᵀ·U is symmetric where they have the same singular vectors.
        Matrix<double> product = after.Transpose() * before;
        (product - product.Transpose()).FrobeniusNorm().Should().BeLessThan(1e-3 * product.FrobeniusNorm());
    }

    [Fact]
    public void Vectors_stacks_and_what_is_excluded_are_trained_by_AdamW_at_a_tenth_of_the_rate()
    {
        ParameterSet all = Parameters(), adam = Parameters();
        var muon = new Muon(0.1) { ExcludeLayers = ["out", "in.kernel"] };
        var tenth = new AdamW(0.01, weightDecay: 0.04);
        for (int t = 1; t <= 5; t++)
        {
            StepAll(muon, all, t);
            StepAll(tenth, adam, t);
        }

        // AdamW here decays by a tenth of the rate: 0.01·0.04 is 0.1·0.004.
        foreach (string name in new[] { "in.kernel", "in.bias", "conv.kernel", "out.kernel" })
            all[name].Value.ToArray().ShouldBeCloseTo([.. adam[name].Value.ToArray().Select(w => (double)w)], 1e-6, name);
        foreach (string name in new[] { "output.kernel", "in_between.kernel" })
            Math.Abs(all[name].Value.ToArray()[0] - adam[name].Value.ToArray()[0]).Should().BeGreaterThan(1e-2f, "{0} is not called {1}", name, "out or in");

        static ParameterSet Parameters()
        {
            var set = new ParameterSet(
                ("in.kernel", [3, 4]), ("in.bias", [4]), ("conv.kernel", [2, 3, 4]), ("in_between.kernel", [3, 3]),
                ("output.kernel", [3, 3]), ("out.kernel", [3, 2]));
            foreach (Parameter p in set) p.Assign(Tensor.Full(p.Shape, 0.5f));
            return set;
        }

        static void StepAll(Optimizer optimizer, ParameterSet set, int t)
        {
            var tape = new Tape();
            Tensor loss = Tensor.Zeros([]);
            foreach (Parameter p in set) loss += (tape.Watch(p) * Tensor.RandomNormal(p.Shape, seed: (ulong)(t + p.Value.Count))).Sum();
            optimizer.Update(set, tape.Gradients(loss));
        }
    }

    [Fact]
    public void Without_a_gradient_a_matrix_only_decays()
    {
        var parameters = new ParameterSet(("kernel", [2, 2]), ("bias", [2]));
        foreach (Parameter p in parameters) p.Assign(Tensor.Full(p.Shape, 1));
        var optimizer = new Muon(0.1, weightDecay: 0.5) { AdamWeightDecay = 0.25, ExcludeFromWeightDecay = [] };
        var tape = new Tape();
        optimizer.Update(parameters, tape.Gradients((tape.Watch(parameters[0]) * 0f).Sum() + (tape.Watch(parameters[1]) * 0f).Sum()));
        parameters[0].Value.ToArray().Should().AllBeEquivalentTo(1f - 0.1f * 0.5f);
        parameters[1].Value.ToArray().Should().AllBeEquivalentTo(1f - 0.1f * 0.25f);
    }

    [Fact]
    public void A_layer_that_is_not_there_is_refused_at_Compile_and_in_the_first_step()
    {
        const string Message = "*ExcludeLayers names 'embedding'*dense.kernel, dense.bias*";
        Sequential model = Sequential.Input(2).Dense(1).Build(seed: 1);
        model.Invoking(m => m.Compile(new Muon { ExcludeLayers = ["embedding"] }, new MeanSquaredError()))
            .Should().Throw<ArgumentException>().WithMessage(Message);
        var tape = new Tape();
        Gradients gradients = tape.Gradients(model.Forward(Tensor.Ones([1, 2]), tape).Sum());
        float[] before = model.Parameters[0].Value.ToArray();
        new Muon { ExcludeLayers = ["embedding"] }.Invoking(o => o.Update(model.Parameters, gradients))
            .Should().Throw<InvalidOperationException>().WithMessage(Message);
        model.Parameters[0].Value.ToArray().Should().Equal(before);
        new Muon { ExcludeLayers = ["dense"] }.Update(model.Parameters, gradients);
        FluentActions.Invoking(() => new Muon { ExcludeLayers = [""] }).Should().Throw<ArgumentException>().WithParameterName("ExcludeLayers");
    }

    private static void Step(Optimizer optimizer, ParameterSet parameters, float[] g)
    {
        var tape = new Tape();
        optimizer.Update(parameters, tape.Gradients((tape.Watch(parameters[0]) * Tensor.From(g, parameters[0].Shape)).Sum()));
    }
}
