using DeepLearning.Tests.Support;
using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Optimizers;

public sealed class SharpnessTests
{
    [Fact]
    public void A_step_takes_the_gradients_at_the_worst_point_nearby()
    {
        // y = w·x + b over two samples, in double precision.
        (double[] x, double[] y, double w, double b, double rate, double rho) = ([1, -2], [3, 1], 0.5, -0.25, 0.1, 0.2);
        Sequential model = Sequential.Input(1).Dense(1).Build(seed: 1);
        model.Parameters[0].Assign(new[,] { { (float)w } });
        model.Parameters[1].Assign(new[] { (float)b });
        model.Compile(new Sgd(rate) { SharpnessRho = rho }, new MeanSquaredError());
        for (int step = 0; step < 3; step++)
        {
            (double gw, double gb) = Slopes(w, b);
            double norm = Math.Sqrt(gw * gw + gb * gb);
            (double dw, double db) = Slopes(w + rho * gw / norm, b + rho * gb / norm);
            double loss = x.Zip(y, (xi, yi) => Math.Pow(w * xi + b - yi, 2)).Average();
            double shown = model.TrainOnBatch(new[,] { { 1f }, { -2f } }, new[,] { { 3f }, { 1f } })["loss"];
            shown.Should().BeApproximately(loss, 1e-5, "it is the loss at the weights");
            (w, b) = (w - rate * dw, b - rate * db);
        }

        model.Parameters.SelectMany(p => p.Value.ToArray()).ToArray().ShouldBeCloseTo([w, b], 1e-6);

        (double, double) Slopes(double wAt, double bAt)
        {
            double[] e = [.. x.Zip(y, (xi, yi) => 2 * (wAt * xi + bAt - yi) / 2)];
            return (e[0] * x[0] + e[1] * x[1], e[0] + e[1]);
        }
    }

    [Fact]
    public void Running_means_and_random_numbers_are_those_of_one_pass_at_the_weights()
    {
        Sequential with = Train(0.05), without = Train(null);
        with.Invoking(m => m.Predict(Tensor.Ones([1, 3]))).Should().NotThrow();
        with.Values.State.SelectMany(s => s.Value.ToArray()).ToArray().Should().Equal(without.Values.State.SelectMany(s => s.Value.ToArray()).ToArray());

        static Sequential Train(double? rho)
        {
            Sequential model = Sequential.Input(3).Dropout(0.5).BatchNormalization().Dense(1).Build(seed: 1);
            model.Compile(new Sgd(0.1) { SharpnessRho = rho }, new MeanSquaredError());
            model.TrainOnBatch(Tensor.RandomNormal([8, 3], seed: 2), Tensor.RandomNormal([8, 1], seed: 3));
            return model;
        }
    }

    [Fact]
    public void A_step_that_fails_at_the_second_point_changes_nothing()
    {
        Sequential model = Sequential.Input(1).Dense(1).Exponential().Build(seed: 1);
        model.Parameters[0].Assign(new[,] { { 40f } });
        model.Compile(new Sgd(0.1) { SharpnessRho = 20 }, new MeanSquaredError());
        int[] before = model.Bits();
        model.Invoking(m => m.TrainOnBatch(new[,] { { 1f } }, new[,] { { 0f } })).Should().Throw<TrainingDivergedException>();
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Sequential model = Sequential.Input(4).Dense(8).Relu().Dense(1).Build(seed: 1);
        model.Compile(new Adam(0.01) { SharpnessRho = 0.05 }, new MeanSquaredError());
        var batch = new Batch(Tensor.RandomNormal([16, 4], seed: 1), Tensor.RandomNormal([16, 1], seed: 2));
        var options = new FitOptions { Epochs = 1 };
        BytesOf(2000).Should().BeLessThan(BytesOf(1000) + 4096);

        long BytesOf(int steps)
        {
            model.Fit(Enumerable.Repeat(batch, 3), options);
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Fit(Enumerable.Repeat(batch, steps), options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_run_goes_on_from_each_of_its_steps()
        => ResumeEverywhere.RequireSteps(
            new ResumeCase { Optimizer = () => new Adam(0.01) { SharpnessRho = 0.1 }, Options = ResumeEverywhere.Options(30) }, "sharpness", every: 3);

    [Fact]
    public void Another_radius_is_another_run()
    {
        using var folder = new ScratchFolder();
        var checkpoint = new CheckpointOptions(folder.Path);
        ResumeCase of(double? rho) => new() { Optimizer = () => new Adam(0.01) { SharpnessRho = rho }, Options = ResumeEverywhere.Options(10) };
        of(0.1).Run(checkpoint);
        foreach (double? other in new double?[] { null, 0.2 })
            of(other).Invoking(r => r.Run(checkpoint)).Should().Throw<CheckpointMismatchException>().WithMessage("*SharpnessRho*");
    }

    [Fact]
    public void A_custom_loop_is_told_what_to_do_and_a_radius_is_above_0()
    {
        var parameters = new ParameterSet(("a", [1]));
        var tape = new Tape();
        Gradients gradients = tape.Gradients(tape.Watch(parameters[0]).Sum());
        new Sgd(1) { SharpnessRho = 0.1 }.Invoking(o => o.Update(parameters, gradients)).Should().Throw<InvalidOperationException>()
            .WithMessage("SharpnessRho needs the gradients at a second point, which only Fit and TrainOnBatch take.*");
        FluentActions.Invoking(() => new Sgd(1) { SharpnessRho = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("SharpnessRho must be finite and > 0*");
    }
}
