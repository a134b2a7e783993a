using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Losses;

/// <summary>Targets reach every loss and metric in the predictions' shape, so that none broadcasts a vector against a column.</summary>
public sealed class TargetShapeTests
{
    private static readonly Tensor Inputs = Tensor.From([1f, 2f, 3f, 4f], [4, 1]), Vector = Tensor.From(1f, 2f, 3f, 4f), Column = Vector.Reshape(4, 1);

    [Fact]
    public void FoundT01_a_custom_loss_of_a_column_gets_a_vector_of_targets_as_a_column()
    {
        new Custom().Compute(Column, Vector).ToScalar().Should().Be(0f);
        new Custom().Compute(Column, Vector, Tensor.Ones([4])).ToScalar().Should().Be(0f);
    }

    [Fact]
    public void FoundT01_training_evaluation_and_metrics_see_targets_in_the_shape_of_the_predictions()
    {
        foreach (Tensor targets in (Tensor[])[Vector, Column])
        {
            Sequential model = Identity(Sequential.Input(1).Dense(1)).Compile(new Sgd(0f), new Custom(), new Error(), new LossMetric(new MeanAbsoluteError()));
            var data = new Dataset(Inputs, targets);

            model.Evaluate(data).ToString().Should().Be("loss 0.0000, error 0.0000, mean_absolute_error 0.0000");
            History history = model.Fit(data, new FitOptions { Validation = data, BatchSize = 3 });
            history["loss"].Should().Equal(0f);
            history["error"].Should().Equal(0f);
            history["val_error"].Should().Equal(0f);
            model.TrainOnBatch(Inputs, targets)["error"].Should().Be(0f);
        }
    }

    [Fact]
    public void FoundT01_a_column_of_targets_fits_an_output_of_single_numbers()
    {
        Sequential model = Identity(Sequential.Input(1).Dense(1).Reshape()).Compile(new Sgd(0f), new MeanSquaredError(), new Error());

        model.OutputShape.Rank.Should().Be(0);
        foreach (Tensor targets in (Tensor[])[Vector, Column]) model.Evaluate(new Dataset(Inputs, targets)).ToString().Should().Be("loss 0.0000, error 0.0000");
        DeepLearning.Losses.MeanSquaredError(Vector, Column).ToScalar().Should().Be(0f);
        DeepLearning.Losses.BinaryCrossEntropy(Tensor.From(0f, 0f), Tensor.From([0f, 1f], [2, 1]), fromLogits: true).ToScalar()
            .Should().BeApproximately(MathF.Log(2f), 1e-6f);
    }

    [Fact]
    public void FoundT01_labels_stay_a_vector()
        => new SparseCategoricalCrossEntropy { FromLogits = true }.PerSample(Tensor.Zeros([2, 4]), Tensor.From(1f, 3f)).ToArray()
            .Should().Equal(MathF.Log(4f), MathF.Log(4f));

    [Fact]
    public void FoundT01_targets_that_only_happen_to_have_as_many_values_are_refused()
    {
        FluentActions.Invoking(() => DeepLearning.Losses.MeanSquaredError(Tensor.Zeros([2, 2, 3]), Tensor.Zeros([2, 3, 2])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[2, 2, 3], got [2, 3, 2]*");
        FluentActions.Invoking(() => DeepLearning.Losses.MeanSquaredError(Tensor.Zeros([4, 1]), Tensor.Zeros([1, 4])))
            .Should().Throw<ShapeMismatchException>().WithMessage("*[4, 1]*[1, 4]*");
    }

    [Fact]
    public void FoundT01_an_aligned_step_allocates_nothing()
    {
        var loss = new Custom();
        Allocations.Least(() =>
        {
            var tape = Tape.Recycling(records: true);
            Step();
            Step();
            return Allocations.Of(Step);

            void Step()
            {
                tape.Reset();
                tape.Gradients(loss.Compute(tape.Watch(Column), tape.Constant(Vector)));
            }
        }).Should().Be(0);
    }

    private static Sequential Identity(SequentialBuilder builder)
    {
        Sequential model = builder.Build();
        model.Parameters["dense.kernel"].Assign(Tensor.Ones([1, 1]));
        return model;
    }

    private sealed class Custom : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets)
        {
            Tensor error = (predictions - targets).Square();
            return error.Rank == 1 ? error : error.Mean(-1);
        }
    }

    private sealed class Error : MeanMetric
    {
        public override bool HigherIsBetter => false;

        public override string Name => "error";

        public override void PerSample(Tensor predictions, Tensor targets, Span<float> values)
        {
            (targets.Shape == predictions.Shape).Should().BeTrue();
            (predictions - targets).Abs().AsReadOnlySpan().CopyTo(values);
        }
    }
}
