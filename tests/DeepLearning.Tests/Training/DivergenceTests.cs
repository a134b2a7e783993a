namespace DeepLearning.Tests.Training;

public sealed class DivergenceTests
{
    [Fact]
    public void Fault31_exploding_gradients_name_epoch_step_and_layer_and_the_last_good_weights_are_kept()
    {
        Sequential model = TrainingCases.Line(learningRate: 0.01f);
        int[]? good = null;
        var explode = new Recorder(epoch: context =>
        {
            good = context.Model.Bits();
            context.Optimizer.LearningRate = 1e30f;
        });
        TrainingDivergedException failure = model
            .Invoking(m => m.Fit(TrainingCases.Plane(64), new FitOptions { Epochs = 5, BatchSize = 4, Callbacks = [explode] }))
            .Should().Throw<TrainingDivergedException>().Which;
        (failure.Epoch, failure.Step).Should().Be((1, 1));
        failure.Place.Should().MatchRegex(@"the largest, \d.*E\+\d\d, is that of layer 1 \(Dense\(1\)\)$");
        failure.Message.Should().Contain("epoch 2, step 2").And.Contain("beginning of the epoch").And.Contain("lower learning rate");
        model.Bits().Should().Equal(good);
    }

    [Fact]
    public void Fault31_a_gradient_that_overflows_is_named_by_its_parameter()
    {
        Sequential model = Sequential.Input(1).Dense(1).Build().Compile(new Sgd(), new MeanSquaredError());
        model.Parameters["dense.kernel"].Assign(new float[,] { { 1e-20f } });
        int[] before = model.Bits();
        // Output 1e10, loss 1e20; its gradient by the kernel is 2·1e10·1e30 and beyond float32.
        model.Invoking(m => m.Fit(new Dataset(new float[,] { { 1e30f } }, new float[] { 0f })))
            .Should().Throw<TrainingDivergedException>().Which.Place.Should().Be("the gradient of dense.kernel is not finite");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Fault31_weights_that_overflow_in_the_last_step_do_not_pass_for_trained()
    {
        Sequential model = TrainingCases.Line(learningRate: float.MaxValue);
        int[] before = model.Bits();
        TrainingDivergedException failure = model.Invoking(m => m.Fit(TrainingCases.Plane(4))).Should().Throw<TrainingDivergedException>().Which;
        failure.Place.Should().Be("dense.kernel has values that are not finite");
        (failure.Epoch, failure.Step).Should().Be((0, 0), "the run has one epoch of one step");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Fault32_a_loss_that_is_NaN_names_the_step_and_changes_nothing()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build().Compile(new Sgd(), new NotANumber());
        int[] before = model.Bits();
        TrainingDivergedException failure = model.Invoking(m => m.Fit(TrainingCases.Plane(8))).Should().Throw<TrainingDivergedException>().Which;
        (failure.Epoch, failure.Step).Should().Be((0, 0));
        failure.Message.Should().Contain("the loss is NaN");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Fault32_TrainOnBatch_changes_nothing()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build().Compile(new Sgd(), new NotANumber());
        int[] before = model.Bits();
        model.Invoking(m => m.TrainOnBatch(Tensor.Ones([1, 2]), Tensor.Ones([1, 1])))
            .Should().Throw<TrainingDivergedException>().WithMessage("*Nothing was changed*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Fault32_a_model_can_be_trained_again_after_a_divergence()
    {
        Sequential model = TrainingCases.Line(learningRate: 1e30f);
        model.Invoking(m => m.Fit(TrainingCases.Plane(64), new FitOptions { BatchSize = 4 })).Should().Throw<TrainingDivergedException>();
        model.Compile(new Sgd(0.1f), new MeanSquaredError());
        model.Fit(TrainingCases.Plane(256), new FitOptions { Epochs = 10 })["loss"][^1].Should().BeLessThan(1e-3f);
    }

    [Fact]
    public void Line10_a_target_or_input_that_is_NaN_is_named_where_such_are_let_through()
    {
        Dataset targets = TrainingCases.Plane(4), inputs = TrainingCases.Plane(4);
        targets.Targets[2, 0] = float.NaN;
        inputs.Inputs[1, 1] = float.PositiveInfinity;
        var options = new FitOptions { AllowNonFinite = true, Shuffle = false };
        TrainingCases.Line().Invoking(m => m.Fit(targets, options)).Should().Throw<TrainingDivergedException>()
            .Which.Place.Should().Be("the target at row 2, column 0 of the batch is NaN");
        TrainingCases.Line().Invoking(m => m.Fit(inputs, options)).Should().Throw<TrainingDivergedException>()
            .Which.Place.Should().Be("the input at row 1, column 1 of the batch is Infinity");
    }

    /// <summary>Is 0 · log 0 for any prediction.</summary>
    private sealed class NotANumber : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => ((predictions * 0f).Log() * 0f).Mean(-1);
    }
}
