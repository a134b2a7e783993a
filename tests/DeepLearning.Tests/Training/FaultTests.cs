namespace DeepLearning.Tests.Training;

/// <summary>Faulty data and options: an exception before the first step, and the weights as they were.</summary>
public sealed class FaultTests
{
    public static TheoryData<string, Func<Dataset>, string> FaultyData => new()
    {
        { "Fault01", () => With(d => d.Inputs[2, 1] = float.NaN), "*input at row 2, column 1 is NaN*" },
        { "Fault02", () => With(d => d.Inputs[1, 3] = float.NegativeInfinity), "*input at row 1, column 3 is -*" },
        { "Fault03", () => With(d => d.Targets[4] = float.NaN), "*target at row 4*NaN*" },
        { "Fault06", () => With(d => d.Targets[3] = 3f), "*whole numbers from 0 to 2, got 3 in row 3*" },
        { "Fault06 below", () => With(d => d.Targets[3] = -1f), "*whole numbers from 0 to 2, got -1 in row 3*" },
        { "Fault07", () => With(d => d.Targets[0] = 0.5f), "*whole numbers from 0 to 2, got 0.5 in row 0*" },
        { "one-hot rows for labels", () => new Dataset(TrainingCases.Blobs(6).Inputs, Tensor.Zeros([6, 3])), "*1 label per sample*got targets of shape [6, 3]; one-hot rows go with*" },
        { "Fault04", () => new Dataset(Tensor.Zeros([0, 4]), Tensor.Zeros([0])), "*at least one row*" },
        { "Fault05", () => new Dataset(Tensor.Zeros([3, 4]), Tensor.Zeros([2])), "*3 rows*2*" },
        { "Fault10", () => new Dataset(Tensor.Zeros([6, 2, 2]), Tensor.Zeros([6])), "*Dense(8)*[batch, 4], got [6, 2, 2]*" },
        { "Fault11", () => new Dataset(Tensor.Zeros([6, 5]), Tensor.Zeros([6])), "*layer 1 (Dense(8)) expects [batch, 4], got [6, 5]*" },
    };

    [Theory]
    [MemberData(nameof(FaultyData))]
    public void Fault01_to_11_faulty_data_throws_before_any_weight_changes(string fault, Func<Dataset> data, string message)
    {
        Sequential model = TrainingCases.Classifier();
        int[] before = model.Bits();
        model.Invoking(m => m.Fit(data())).Should().Throw<ArgumentException>(fault).WithMessage(message, fault);
        model.Bits().Should().Equal(before);
        Dataset good = TrainingCases.Blobs(6);
        model.Invoking(m => m.Fit(good, new FitOptions { Validation = data() })).Should().Throw<ArgumentException>(fault).WithMessage(message, fault);
        model.Invoking(m => m.Evaluate(data())).Should().Throw<ArgumentException>(fault).WithMessage(message, fault);
        model.Bits().Should().Equal(before);
    }

    [Theory]
    [MemberData(nameof(FaultyData))]
    public void Fault01_to_11_a_faulty_batch_throws_with_the_weights_of_the_last_whole_step(string fault, Func<Dataset> data, string message)
    {
        Sequential model = TrainingCases.Classifier(), reference = TrainingCases.Classifier();
        Dataset good = TrainingCases.Blobs(6);
        reference.TrainOnBatch(good.Inputs, good.Targets);
        model.Invoking(m => m.Fit(Stream())).Should().Throw<ArgumentException>(fault).WithMessage(message, fault);
        model.Bits().Should().Equal(reference.Bits());

        IEnumerable<Batch> Stream()
        {
            yield return new Batch(good.Inputs, good.Targets);
            Dataset bad = data();
            yield return new Batch(bad.Inputs, bad.Targets);
        }
    }

    [Fact]
    public void Fault15_a_side_whose_weights_are_all_0_throws_before_any_weight_changes()
    {
        Dataset data = TrainingCases.Blobs(6);
        var firstOnly = new Dataset(data.Inputs, data.Targets, Tensor.From(1f, 1f, 1f, 0f, 0f, 0f));
        Sequential model = TrainingCases.Classifier();
        int[] before = model.Bits();
        Action[] calls =
        [
            () => model.Fit(firstOnly.Skip(3)),
            () => model.Fit(firstOnly.Select([4, 5])),
            () => model.Fit(firstOnly, new FitOptions { ValidationSplit = 0.5 }),
            () => model.Fit(firstOnly.Take(3), new FitOptions { Validation = firstOnly.Skip(3) }),
            () => model.Fit(firstOnly.Batches(2), new FitOptions { Validation = firstOnly.Skip(3) }),
            () => model.Evaluate(firstOnly.Skip(3)),
        ];
        foreach (Action call in calls) call.Should().Throw<ArgumentException>().WithMessage("At least one sample weight must be above 0*");
        model.Bits().Should().Equal(before);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void Fault15_a_batch_with_a_negative_or_NaN_weight_throws_with_the_weights_of_the_last_whole_step(float weight)
    {
        Sequential model = TrainingCases.Classifier(), reference = TrainingCases.Classifier();
        Dataset good = TrainingCases.Blobs(3);
        reference.TrainOnBatch(good.Inputs, good.Targets);
        Batch[] stream = [new Batch(good.Inputs, good.Targets), new Batch(good.Inputs, good.Targets, Tensor.From(1f, weight, 0f))];
        model.Invoking(m => m.Fit(stream)).Should().Throw<ArgumentException>().WithMessage($"*weight of row 1 is {weight}*");
        model.Bits().Should().Equal(reference.Bits());
    }

    [Fact]
    public void Fault15_a_batch_whose_weights_are_all_0_counts_for_nothing_in_a_stream_as_in_a_data_set()
    {
        Dataset data = TrainingCases.Plane(9);
        var weighted = new Dataset(data.Inputs, data.Targets, Tensor.From(1f, 2f, 1f, 0f, 0f, 0f, 3f, 1f, 1f));
        Sequential whole = TrainingCases.Line(), streamed = TrainingCases.Line();
        whole.Fit(weighted, new FitOptions { BatchSize = 3, Shuffle = false });
        streamed.Fit(weighted.Batches(3));
        streamed.Bits().Should().Equal(whole.Bits());
    }

    [Fact]
    public void Fault04_a_batch_of_no_rows_throws()
        => TrainingCases.Classifier().Invoking(m => m.Fit([new Batch(Tensor.Zeros([0, 4]), Tensor.Zeros([0]))]))
            .Should().Throw<ArgumentException>().WithMessage("A batch needs at least one row*[0, 4]*");

    [Fact]
    public void Fault01_AllowNonFinite_lets_NaN_through_to_the_loss()
        => TrainingCases.Classifier().Invoking(m => m.Fit(With(d => d.Inputs[2, 1] = float.NaN), new FitOptions { AllowNonFinite = true }))
            .Should().Throw<TrainingDivergedException>();

    [Fact]
    public void Fault09_a_single_class_is_a_warning_in_the_history()
    {
        var one = new Dataset(TrainingCases.Blobs(6).Inputs, new[] { 1, 1, 1, 1, 1, 1 });
        History history = TrainingCases.Classifier().Fit(one);
        history.Epochs.Should().Be(1);
        history.Warnings.Should().ContainSingle().Which.Should().Contain("All 6 training samples have the same target");
        history.ToString().Should().Contain("warning: All 6");
        TrainingCases.Classifier().Fit(TrainingCases.Blobs(6)).Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Fault16_a_batch_size_below_1_throws(int size)
        => FluentActions.Invoking(() => new FitOptions { BatchSize = size })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"BatchSize must be ≥ 1, got {size}*");

    [Fact]
    public void Fault17_negative_epochs_throw_and_none_leave_everything_as_it_is()
    {
        FluentActions.Invoking(() => new FitOptions { Epochs = -1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Epochs must be ≥ 0, got -1*");
        FluentActions.Invoking(() => new FitOptions { InitialEpoch = -1 })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("InitialEpoch must be ≥ 0, got -1*");
        Sequential model = Sequential.Input(4).Dense(3).Softmax().Build().Compile(new Sgd { UseEma = true }, new SparseCategoricalCrossEntropy());
        model.TrainOnBatch(TrainingCases.Blobs(3).Inputs, TrainingCases.Blobs(3).Targets);
        model.TrainOnBatch(TrainingCases.Blobs(3).Inputs, TrainingCases.Blobs(3).Targets);
        int[] before = model.Bits();
        History history = model.Fit(TrainingCases.Blobs(9), new FitOptions { Epochs = 0 });
        (history.Epochs, history["loss"].Count).Should().Be((0, 0));
        model.Bits().Should().Equal(before);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void Fault21_a_validation_split_outside_0_to_1_throws(double split)
        => FluentActions.Invoking(() => new FitOptions { ValidationSplit = split })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("ValidationSplit must be in [0, 1)*");

    [Theory]
    [InlineData(0.999)]
    [InlineData(0.9)]
    public void Fault21_a_validation_split_that_leaves_no_rows_on_a_side_throws(double split)
    {
        Sequential model = TrainingCases.Classifier();
        int[] before = model.Bits();
        model.Invoking(m => m.Fit(TrainingCases.Blobs(3), new FitOptions { ValidationSplit = split }))
            .Should().Throw<ArgumentException>().WithMessage("Splitting 3 rows by * leaves no rows on one side*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void A_validation_split_beside_validation_data_throws()
        => TrainingCases.Classifier()
            .Invoking(m => m.Fit(TrainingCases.Blobs(9), new FitOptions { ValidationSplit = 0.5, Validation = TrainingCases.Blobs(3) }))
            .Should().Throw<ArgumentException>().WithMessage("*not both*");

    [Fact]
    public void A_validation_split_of_a_stream_throws()
        => TrainingCases.Classifier().Invoking(m => m.Fit(TrainingCases.Blobs(9).Batches(3), new FitOptions { ValidationSplit = 0.5 }))
            .Should().Throw<ArgumentException>().WithMessage("*needs a Dataset*");

    [Fact]
    public void Fault33_denormal_inputs_are_computed_with_not_flushed()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build().Compile(new Sgd(0.25f), new MeanSquaredError());
        model.Parameters["dense.kernel"].Assign(new float[,] { { 1f }, { 0.5f } });
        const float Tiny = 1e-40f;
        model.Predict(new float[,] { { Tiny, 2 * Tiny } })[0, 0].Should().Be(Tiny + Tiny);
        // dL/dw = 2·(y − t)·x = 2·(0 + 1)·x, and w − 0.25·2·x keeps x's bits only where w is as small.
        model.Parameters["dense.kernel"].Assign(new float[,] { { 0f }, { 0f } });
        model.TrainOnBatch(new float[,] { { Tiny, 2 * Tiny } }, new float[,] { { -1f } });
        model.Parameters["dense.kernel"].Value.ToArray().Should().Equal(-0.5f * Tiny, -Tiny);
    }

    private static Dataset With(Action<Dataset> spoil)
    {
        Dataset data = TrainingCases.Blobs(6);
        spoil(data);
        return data;
    }

    [Fact]
    public void Fault08_one_hot_rows_that_do_not_sum_to_1_throw_before_any_weight_changes()
    {
        Sequential model = Sequential.Input(4).Dense(3).Softmax().Build().Compile(new Sgd(), new CategoricalCrossEntropy());
        int[] before = model.Bits();
        Tensor targets = Tensor.From([1f, 0f, 0f, 0f, 0.5f, 0f], [2, 3]);
        model.Invoking(m => m.Fit(new Dataset(Tensor.Ones([2, 4]), targets)))
            .Should().Throw<ArgumentException>().WithMessage("*sum to 1, got a sum of 0.5 in row 1*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void A_batch_size_beyond_the_data_is_one_step_an_epoch_however_large()
    {
        var steps = new StepCount();
        TrainingCases.Classifier().Fit(TrainingCases.Blobs(6), new FitOptions { BatchSize = int.MaxValue, Callbacks = [steps] });
        steps.Expected.Should().Be(1);
        steps.Made.Should().Be(1);
    }

    private sealed class StepCount : Callback
    {
        public int? Expected { get; private set; }

        public int Made { get; private set; }

        public override void OnTrainBatchEnd(TrainingContext context, Logs logs) => (Expected, Made) = (context.BatchesPerEpoch, Made + 1);
    }
}
