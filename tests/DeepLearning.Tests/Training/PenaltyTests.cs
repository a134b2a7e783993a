using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>What regularizers and constraints do in <c>Fit</c> and <c>Evaluate</c>.</summary>
public sealed class PenaltyTests
{
    private static readonly Dataset Data = TrainingCases.Plane(24), Held = TrainingCases.Plane(10, seed: 9);

    [Fact]
    public void The_loss_of_training_validation_and_evaluation_has_the_penalty_and_metrics_do_not()
    {
        Sequential plain = Line(null, 0), with = Line(new L1L2(0.25, 0.5), 0);
        float penalty = with.Parameters.Penalty()!.ToScalar();
        penalty.Should().BeGreaterThan(0.1f);
        FitOptions options = new() { BatchSize = 7, Validation = Held };
        History without = plain.Fit(Data, options), history = with.Fit(Data, options);
        history["loss"][0].Should().BeApproximately(without["loss"][0] + penalty, 1e-5f);
        history["val_loss"][0].Should().BeApproximately(without["val_loss"][0] + penalty, 1e-5f);
        with.Evaluate(Held).Loss.Should().BeApproximately(plain.Evaluate(Held).Loss + penalty, 1e-5f);
        history["mean_absolute_error"].Should().Equal(without["mean_absolute_error"]);
    }

    [Fact]
    public void Fit_moves_the_weights_as_a_custom_loop_with_the_penalty_does()
    {
        Sequential fitted = Line(new L2(0.3), 0.05), looped = Line(new L2(0.3), 0.05), plain = Line(null, 0.05);
        fitted.Fit(Data, new FitOptions { BatchSize = 24, Epochs = 5, Shuffle = false });
        plain.Fit(Data, new FitOptions { BatchSize = 24, Epochs = 5, Shuffle = false });
        var optimizer = new Sgd(0.05);
        for (int step = 0; step < 5; step++)
        {
            var tape = new Tape();
            Tensor loss = DeepLearning.Losses.MeanSquaredError(looped.Forward(Data.Inputs, tape), Data.Targets);
            loss += looped.Parameters.Penalty(tape)!;
            optimizer.Update(looped.Parameters, tape.Gradients(loss));
        }

        fitted.Bits().Should().Equal(looped.Bits()).And.NotEqual(plain.Bits());
    }

    [Fact]
    public void A_loss_without_a_gradient_is_refused_though_the_penalty_has_one()
    {
        Sequential model = Sequential.Input(2).Add(new Dense(1) { KernelRegularizer = new L2() }).Add(new Cut()).Build()
            .Compile(new Sgd(), new MeanSquaredError());
        int[] before = model.Bits();
        model.Invoking(m => m.Fit(Data)).Should().Throw<InvalidOperationException>().WithMessage("*no gradient*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Constraints_hold_after_training()
    {
        Sequential model = Sequential.Input(4)
            .Add(new Dense(6) { KernelConstraint = new MaxNorm(0.5), BiasConstraint = new NonNegative() }).Relu()
            .Add(new Dense(3) { KernelConstraint = new UnitNorm() }).Softmax().Build(seed: 1)
            .Compile(new Adam(0.05), new SparseCategoricalCrossEntropy(), new Accuracy());
        model.Fit(TrainingCases.Blobs(60), new FitOptions { Epochs = 10, BatchSize = 8 });
        Tensor kernel = model.Parameters["dense.kernel"].Value, last = model.Parameters["dense_1.kernel"].Value;
        kernel.Square().Sum(axis: 0).ToArray().Should().OnlyContain(n => n <= 0.25001f).And.Contain(n => n > 0.2499f);
        model.Parameters["dense.bias"].Value.ToArray().Should().OnlyContain(b => b >= 0f);
        last.Square().Sum(axis: 0).ShouldBeCloseTo([1.0, 1.0, 1.0], 1e-5);
    }

    [Fact]
    public void A_run_goes_on_only_with_the_same_regularizers_and_constraints()
    {
        using var folder = new ScratchFolder();
        ResumeCase l2 = Of(new Dense(3) { KernelRegularizer = new L2(0.1), BiasConstraint = new NonNegative() });
        l2.Run(new CheckpointOptions(folder.Path));
        l2.Run(new CheckpointOptions(folder.Path)).History.ResumedFrom.Should().NotBeNull();
        Of(new Dense(3) { KernelRegularizer = new L2(0.2) }).Invoking(r => r.Run(new CheckpointOptions(folder.Path)))
            .Should().Throw<CheckpointMismatchException>().WithMessage("*dense.kernel: [4, 3], L2(0.1) in the checkpoint, [4, 3], L2(0.2) in this run*")
            .Which.Differences.Should().Contain(d => d.Contains("NonNegative()", StringComparison.Ordinal));

        static ResumeCase Of(Dense dense) => new() { Model = () => Sequential.Input(4).Add(dense).Softmax().Build(seed: 7) };
    }

    private static Sequential Line(Regularizer? regularizer, double rate)
        => Sequential.Input(2).Add(new Dense(1) { KernelRegularizer = regularizer }).Build(seed: 3)
            .Compile(new Sgd(rate), new MeanSquaredError(), new LossMetric(new MeanAbsoluteError()));

    private sealed class Cut : Layer
    {
        public override Tensor Forward(Tensor x, LayerContext context) => x.Clone();
    }
}
