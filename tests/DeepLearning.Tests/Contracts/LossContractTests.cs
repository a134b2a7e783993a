using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Contracts;

/// <summary>What every loss promises, run over every row of <see cref="LossContract"/>.</summary>
public sealed class LossContractTests
{
    private static readonly Tensor Weights = Tensor.From(0.5f, 2f, 0f);

    public static TheoryData<int, string> Rows() => ContractRows.Of(LossContract.Rows);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_sample_has_the_value_of_the_formula(int index, string name)
    {
        LossRow row = LossContract.Rows[index];

        // A handful of float32 operations.
        row.Make(default).PerSample(row.Predictions, row.Targets).ShouldBeCloseTo(row.Expected, 1e-6, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_gradient_of_the_predictions_equals_central_differences(int index, string name)
    {
        LossRow row = LossContract.Rows[index];
        Loss loss = row.Make(default);

        GradientCheck.Verify(p => loss.PerSample(p, row.Targets), row.Predictions).Passed.Should().BeTrue(name);
        GradientCheck.Verify(p => loss.Compute(p, row.Targets, Weights), row.Predictions).Passed.Should().BeTrue(name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Both_reductions_do_what_they_say(int index, string name)
    {
        LossRow row = LossContract.Rows[index];
        double[] e = row.Expected;
        double mean = e.Average(), weighted = 0.5 * e[0] + 2 * e[1];

        Of(LossReduction.SumOverBatchSize, null).Should().BeApproximately((float)mean, 1e-5f, name);
        Of(LossReduction.MeanWithSampleWeight, null).Should().BeApproximately((float)mean, 1e-5f, name);
        Of(LossReduction.SumOverBatchSize, Weights).Should().BeApproximately((float)(weighted / 3), 1e-5f, name);
        Of(LossReduction.MeanWithSampleWeight, Weights).Should().BeApproximately((float)(weighted / 2.5), 1e-5f, name);

        float Of(LossReduction reduction, Tensor? weights) => row.Make(reduction).Compute(row.Predictions, row.Targets, weights).ToScalar();
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Right_predictions_have_the_least_loss_and_a_finite_gradient(int index, string name)
    {
        LossRow row = LossContract.Rows[index];
        var tape = new Tape();
        Tensor right = tape.Watch(row.Perfect);
        // Targets that are right with certainty: the soft one of the binary rows becomes 1.
        Tensor targets = row.Targets.Shape == row.Perfect.Shape && row.Name.StartsWith("Binary", StringComparison.Ordinal)
            ? Tensor.From([.. row.Targets.ToArray().Select(t => MathF.Ceiling(t))], row.Targets.Shape)
            : row.Targets;
        Tensor values = row.Make(default).PerSample(right, targets);

        // Keras keeps probabilities 1e-7 from 0 and 1, so a certain prediction costs up to 1.2e-7.
        values.ShouldBeCloseTo([row.Least, row.Least, row.Least], 2e-6, name);
        if (row.OfBatch is null) row.Expected.Should().OnlyContain(e => e > row.Least, "the row's own predictions are not right");
        else row.Expected.Average().Should().BeGreaterThan(row.Least, "the batch's own predictions are not right");
        tape.Gradients(values.Mean())[right].ToArray().Should().OnlyContain(d => float.IsFinite(d), name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_recycling_tape_allocates_nothing_in_its_third_step(int index, string name)
    {
        LossRow row = LossContract.Rows[index];
        Loss loss = row.Make(default);
        Allocations.Least(() =>
        {
            var tape = Tape.Recycling(records: true);
            Step();
            Step();
            return Allocations.Of(Step);

            void Step()
            {
                tape.Reset();
                tape.Gradients(loss.Compute(tape.Watch(row.Predictions), tape.Constant(row.Targets), tape.Constant(Weights)));
            }
        }).Should().Be(0, name);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_own_targets_are_valid_and_other_shapes_are_not(int index, string name)
    {
        LossRow row = LossContract.Rows[index];
        Loss loss = row.Make(default);
        Shape output = row.Predictions.Shape.WithoutFirst();

        loss.Invoking(l => l.Validate(row.Targets, output)).Should().NotThrow(name);
        loss.Invoking(l => l.Compute(row.Predictions, Tensor.Zeros([2, 2]))).Should().Throw<ShapeMismatchException>(name).WithMessage("*[2, 2]*");
        if (row.Targets.Shape == row.Predictions.Shape)
            loss.Invoking(l => l.Validate(Tensor.Zeros([3, 7]), output)).Should().Throw<ShapeMismatchException>(name).WithMessage("*[3, 7]*");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Fault25_null_is_rejected_by_name(int index, string name)
    {
        LossRow row = LossContract.Rows[index];
        Loss loss = row.Make(default);

        loss.Invoking(l => l.PerSample(null!, row.Targets)).Should().Throw<ArgumentNullException>(name).WithParameterName("predictions");
        loss.Invoking(l => l.PerSample(row.Predictions, null!)).Should().Throw<ArgumentNullException>(name).WithParameterName("targets");
        loss.Invoking(l => l.Compute(null!, row.Targets)).Should().Throw<ArgumentNullException>(name).WithParameterName("predictions");
        loss.Invoking(l => l.Validate(null!, [2])).Should().Throw<ArgumentNullException>(name).WithParameterName("targets");
    }
}
