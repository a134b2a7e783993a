using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Optimizers;

/// <summary>What the table of optimizers, whose parameters are vectors, does not have: factors of matrices, and the settings.</summary>
public sealed class AdafactorTests
{
    [Theory]
    [InlineData(new[] { 4, 3 })]
    [InlineData(new[] { 1, 5 })]
    [InlineData(new[] { 5, 1 })]
    [InlineData(new[] { 2, 3, 4 })]
    [InlineData(new[] { 40, 70 })]
    public void A_matrix_and_each_of_a_stack_keeps_the_means_of_rows_and_columns(int[] dims)
    {
        int size = dims.Aggregate(1, (a, b) => a * b), rows = dims[^2], columns = dims[^1];
        var parameters = new ParameterSet(("kernel", new Shape(dims)));
        float[] start = [.. Enumerable.Range(0, size).Select(i => MathF.Sin(i))];
        parameters[0].Assign(Tensor.From(start, new Shape(dims)));
        var optimizer = new Adafactor(0.01) { RelativeStep = false, Beta2Decay = -0.5 };
        double[] w = [.. start.Select(v => (double)v)], r = new double[size / columns], c = new double[size / rows];
        for (int t = 1; t <= 20; t++)
        {
            float[] g = [.. Enumerable.Range(0, size).Select(i => MathF.Cos(i * t) * (1 + i % 7))];
            Step(optimizer, parameters, g);
            // By the formulas of the paper, one matrix after another.
            double beta = 1 - Math.Pow(t, -0.5);
            var u = new double[size];
            for (int m = 0; m < size / rows / columns; m++)
            {
                int Place(int i, int j) => (m * rows + i) * columns + j;
                double Square(int i, int j) => (double)g[Place(i, j)] * g[Place(i, j)] + 1e-30;
                Span<double> ofRows = r.AsSpan(m * rows, rows), ofColumns = c.AsSpan(m * columns, columns);
                for (int i = 0; i < rows; i++) ofRows[i] = beta * ofRows[i] + (1 - beta) * Enumerable.Range(0, columns).Average(j => Square(i, j));
                for (int j = 0; j < columns; j++) ofColumns[j] = beta * ofColumns[j] + (1 - beta) * Enumerable.Range(0, rows).Average(i => Square(i, j));
                double mean = ofRows.ToArray().Average();
                for (int i = 0; i < rows; i++)
                    for (int j = 0; j < columns; j++) u[Place(i, j)] = g[Place(i, j)] / Math.Sqrt(ofRows[i] / mean * ofColumns[j]);
            }

            double step = 0.01 * Math.Max(1e-3, Rms(w)) / Math.Max(1, Rms(u));
            w = [.. w.Select((value, i) => value - step * u[i])];
        }

        parameters[0].Value.ToArray().ShouldBeCloseTo(w, 1e-5);
    }

    [Fact]
    public void The_rate_is_a_fraction_of_the_weights_and_at_most_one_by_the_root_of_t_if_it_is_a_number()
    {
        // Of three equal weights of size w a step is the rate times w.
        After(new Adafactor(0.5)).Should().BeApproximately(4 * 0.5 * 0.5, 1e-5);
        After(new Adafactor(10)).Should().BeApproximately(-1e-3 / Math.Sqrt(2), 1e-6, "rate 1 leads to 0, which counts as 1e-3, and then the rate is 1/√2");
        After(new Adafactor(0.75)).Should().BeApproximately(4 * 0.25 * (1 - 1 / Math.Sqrt(2)), 1e-5);
        After(new Adafactor(0.75) { RelativeStep = false }).Should().BeApproximately(4 * 0.25 * 0.25, 1e-5);
        After(new Adafactor(Schedule.Constant(0.75))).Should().BeApproximately(4 * 0.25 * 0.25, 1e-5);
        After(new Adafactor(0.5) { ClipThreshold = 0.5 }).Should().BeApproximately(4 * 0.75 * 0.75, 1e-5);
        After(new Adafactor(0.5) { Epsilon2 = 8 }).Should().BeApproximately(4 - 4 - 4, 1e-5);

        static double After(Optimizer optimizer)
        {
            var parameters = new ParameterSet(("bias", [3]));
            parameters[0].Assign(Tensor.Full([3], 4));
            Step(optimizer, parameters, [1, 1, 1]);
            Step(optimizer, parameters, [1, 1, 1]);
            return parameters[0].Value.ToArray()[0];
        }
    }

    private static double Rms(double[] x) => Math.Sqrt(x.Average(value => value * value));

    private static void Step(Optimizer optimizer, ParameterSet parameters, float[] g)
    {
        var tape = new Tape();
        optimizer.Update(parameters, tape.Gradients((tape.Watch(parameters[0]) * Tensor.From(g, parameters[0].Shape)).Sum()));
    }
}
