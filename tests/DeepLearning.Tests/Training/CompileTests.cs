namespace DeepLearning.Tests.Training;

public sealed class CompileTests
{
    private static readonly float[,] Inputs = { { 1, -2 }, { 0.5f, 3 }, { -1, 0.25f } };

    [Fact]
    public void A_fused_softmax_loss_equals_the_loss_of_the_probabilities()
    {
        Sequential model = Sequential.Input(2).Dense(3).Softmax().Build(seed: 1);
        model.Compile(new Sgd(), new SparseCategoricalCrossEntropy());
        var data = new Dataset(Inputs, new[] { 0, 2, 1 });
        Tensor probabilities = model.Predict(data.Inputs);
        double expected = -data.Labels.Select((label, row) => Math.Log(probabilities[row, label])).Average();
        // Both in float32: a few roundings of numbers near 1.
        ((double)model.Evaluate(data).Loss).Should().BeApproximately(expected, 1e-6);
    }

    [Fact]
    public void A_fused_sigmoid_loss_equals_the_loss_of_the_probabilities()
    {
        Sequential model = Sequential.Input(2).Dense(1).Sigmoid().Build(seed: 1);
        model.Compile(new Sgd(), new BinaryCrossEntropy());
        var data = new Dataset(Inputs, new float[] { 0, 1, 1 });
        float[] p = model.Predict(data.Inputs).ToArray();
        double expected = -(Math.Log(1 - p[0]) + Math.Log(p[1]) + Math.Log(p[2])) / 3;
        ((double)model.Evaluate(data).Loss).Should().BeApproximately(expected, 1e-6);
    }

    [Fact]
    public void A_fused_loss_stays_finite_where_a_probability_is_0()
    {
        Sequential model = Sequential.Input(1).Dense(2).Softmax().Build();
        model.Parameters["dense.kernel"].Assign(new float[,] { { 200, -200 } });
        model.Compile(new Sgd(), new SparseCategoricalCrossEntropy());
        model.Evaluate(new Dataset(new float[,] { { 1 } }, new[] { 1 })).Loss.Should().Be(400f);
    }

    public static TheoryData<string, SequentialBuilder, Loss> WrongPairs => new()
    {
        { "*SparseCategoricalCrossEntropy*Sigmoid*", Sequential.Input(2).Dense(3).Sigmoid(), new SparseCategoricalCrossEntropy() },
        { "*CategoricalCrossEntropy*Relu*", Sequential.Input(2).Dense(3).Relu(), new CategoricalCrossEntropy() },
        { "*BinaryCrossEntropy*Softmax*", Sequential.Input(2).Dense(3).Softmax(), new BinaryCrossEntropy() },
        { "*SparseCategoricalCrossEntropy*Dense(3)*FromLogits*", Sequential.Input(2).Dense(3), new SparseCategoricalCrossEntropy() },
        { "*Flatten*end it with Softmax(), moving it there*if*logits.*", Sequential.Input(2, 3).Softmax().Flatten(), new CategoricalCrossEntropy() },
        { "*BinaryCrossEntropy*HardSigmoid*: replace it by Sigmoid().*", Sequential.Input(2).Dense(1).HardSigmoid(), new BinaryCrossEntropy() },
        { "*FromLogits*HardSigmoid*", Sequential.Input(2).Dense(1).HardSigmoid(), new BinaryCrossEntropy { FromLogits = true } },
        { "*FromLogits*Softmax*", Sequential.Input(2).Dense(3).Softmax(), new SparseCategoricalCrossEntropy { FromLogits = true } },
        { "*FromLogits*Sigmoid*", Sequential.Input(2).Dense(1).Sigmoid(), new BinaryCrossEntropy { FromLogits = true } },
    };

    [Theory]
    [MemberData(nameof(WrongPairs))]
    public void A_loss_that_does_not_belong_to_the_last_layer_throws(string message, SequentialBuilder builder, Loss loss)
        => builder.Build().Invoking(m => m.Compile(new Sgd(), loss)).Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void Fault20_an_optimizer_that_clips_in_two_ways_throws_and_the_model_stays_as_it_was_compiled()
    {
        Sequential model = TrainingCases.Line();
        model.Invoking(m => m.Compile(new Sgd { ClipNorm = 1f, ClipValue = 1f }, new MeanSquaredError())).Should().Throw<ArgumentException>()
            .WithMessage("*one of ClipNorm, GlobalClipNorm and ClipValue*").WithParameterName("optimizer");
        model.Fit(TrainingCases.Plane(4)).Epochs.Should().Be(1);
    }

    [Fact]
    public void Metrics_of_one_name_throw()
        => Sequential.Input(2).Dense(1).Build().Invoking(m => m.Compile(new Sgd(), new MeanSquaredError(), new Accuracy(), new Accuracy()))
            .Should().Throw<ArgumentException>().WithMessage("*same name*accuracy, accuracy*");

    [Fact]
    public void A_metric_that_does_not_fit_the_targets_throws_before_the_first_step()
    {
        Sequential model = Sequential.Input(2).Dense(3).Softmax().Build();
        model.Compile(new Sgd(), new SparseCategoricalCrossEntropy(), new CategoricalAccuracy());
        int[] before = model.Bits();
        model.Invoking(m => m.Fit(new Dataset(Inputs, new[] { 0, 1, 2 }))).Should().Throw<ArgumentException>().WithMessage("*categorical_accuracy*[1, 3]*[1]*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Fault06_a_label_that_only_a_loss_among_the_metrics_refuses_throws_before_the_first_step()
    {
        Sequential model = Sequential.Input(4).Dense(3).Softmax().Build();
        model.Compile(new Sgd(), new AnyLabels(), new SparseCategoricalCrossEntropy());
        int[] before = model.Bits();
        Dataset data = TrainingCases.Blobs(120);
        data.Targets[99] = 7f;
        Action[] calls = [() => model.Fit(data), () => model.Fit(TrainingCases.Blobs(9), new FitOptions { Validation = data }), () => model.Evaluate(data)];
        foreach (Action call in calls) call.Should().Throw<ArgumentException>().WithMessage("*from 0 to 2, got 7 in row 99*");
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void Fault25_nulls_throw_with_their_names()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build();
        model.Invoking(m => m.Compile(null!, new MeanSquaredError())).Should().Throw<ArgumentNullException>().WithParameterName("optimizer");
        model.Invoking(m => m.Compile(new Sgd(), (Loss)null!)).Should().Throw<ArgumentNullException>().WithParameterName("loss");
        model.Invoking(m => m.Compile(new Sgd(), new MeanSquaredError(), null!)).Should().Throw<ArgumentNullException>().WithParameterName("metrics");
        model.Invoking(m => m.Compile(new Sgd(), new MeanSquaredError(), [null!])).Should().Throw<ArgumentNullException>().WithParameterName("metrics");
        model.Compile(new Sgd(), new MeanSquaredError());
        model.Invoking(m => m.Fit((Dataset)null!)).Should().Throw<ArgumentNullException>().WithParameterName("data");
        model.Invoking(m => m.Fit((IEnumerable<Batch>)null!)).Should().Throw<ArgumentNullException>().WithParameterName("batches");
        FluentActions.Invoking(() => { _ = model.FitAsync((Dataset)null!); }).Should().Throw<ArgumentNullException>().WithParameterName("data");
        FluentActions.Invoking(() => { _ = model.FitAsync((IEnumerable<Batch>)null!); }).Should().Throw<ArgumentNullException>().WithParameterName("batches");
        model.Invoking(m => m.Evaluate(null!)).Should().Throw<ArgumentNullException>().WithParameterName("data");
        model.Invoking(m => m.Predict((Tensor)null!)).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
        model.Invoking(m => m.TrainOnBatch(null!, Tensor.Zeros([1, 1]))).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
        FluentActions.Invoking(() => new FitOptions { Callbacks = null! }).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new FitOptions { Callbacks = [null!] }).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_model_that_is_not_compiled_says_so()
    {
        Sequential model = Sequential.Input(2).Dense(1).Build();
        var data = new Dataset(Inputs, new float[] { 0, 1, 1 });
        Action[] calls =
        [
            () => model.Fit(data),
            () => model.Fit([new Batch(data.Inputs, data.Targets)]),
            () => model.Evaluate(data),
            () => model.TrainOnBatch(data.Inputs, data.Targets),
        ];
        foreach (Action call in calls)
            call.Should().Throw<InvalidOperationException>().WithMessage("*not compiled*Compile*");
    }

    [Theory]
    [InlineData("val_loss", "*same name, val_loss*")]
    [InlineData("val_binary_accuracy", "*same name, val_binary_accuracy*")]
    [InlineData("loss", "*same name, loss*")]
    [InlineData("", "*needs a name*")]
    [InlineData(" ", "*needs a name*")]
    public void Line10_a_metric_cannot_take_the_name_of_another_figure_or_none(string name, string message)
        => Sequential.Input(2).Dense(1).Sigmoid().Build()
            .Invoking(m => m.Compile(new Sgd(), new BinaryCrossEntropy(), new BinaryAccuracy(), new LossMetric(new MeanSquaredError(), name)))
            .Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void Line10_one_metric_with_two_settings_is_followed_under_two_names()
    {
        Sequential model = Sequential.Input(2).Dense(1).Sigmoid().Build();
        model.Invoking(m => m.Compile(new Sgd(), new BinaryCrossEntropy(), new BinaryAccuracy(0.3), new BinaryAccuracy(0.7)))
            .Should().Throw<ArgumentException>()
            .WithMessage("*same name, binary_accuracy*new BinaryAccuracy(0.7, name: *new LossMetric(loss, name: *");
        model.Compile(new Sgd(), new BinaryCrossEntropy(), new BinaryAccuracy(0.3), new BinaryAccuracy(0.7, name: "strict"), new Huber(1),
            new LossMetric(new Huber(2), name: "wide"));
        model.Fit(new Dataset(Inputs, new float[] { 0, 1, 1 })).Names.Should().Equal("loss", "binary_accuracy", "strict", "huber", "wide");
        model.Compile(new Sgd(), new BinaryCrossEntropy(), new Accuracy(), new BinaryAccuracy(0.7, "strict"))
            .Metrics.Select(m => m.Name).Should().Equal("binary_accuracy", "strict");
    }

    [Fact]
    public void Line10_a_metric_that_cannot_go_with_the_loss_or_the_output_names_the_one_that_can()
    {
        Sequential classes = Sequential.Input(2).Dense(3).Softmax().Build(), one = Sequential.Input(2).Dense(1).Sigmoid().Build();
        classes.Invoking(m => m.Compile(new Sgd(), new SparseCategoricalCrossEntropy(), new BinaryAccuracy())).Should().Throw<ArgumentException>()
            .WithMessage("BinaryAccuracy*SparseCategoricalCrossEntropy*use Accuracy*");
        Metric[] ofClasses = [new SparseCategoricalAccuracy(), new CategoricalAccuracy()];
        foreach (Metric metric in ofClasses)
        {
            one.Compile(new Sgd(), new BinaryCrossEntropy(), metric).Invoking(m => m.Fit(new Dataset(Inputs, new float[] { 0, 1, 1 })))
                .Should().Throw<ArgumentException>().WithMessage("*two or more classes*for one output there is BinaryAccuracy*");
        }
    }

    /// <summary>A loss that reads no labels.</summary>
    private sealed class AnyLabels : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => predictions.Square().Mean(-1);

        public override void Validate(Tensor targets, Shape output) { }
    }
}
