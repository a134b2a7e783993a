namespace DeepLearning.Tests.Metrics;

/// <summary>How metrics of classes read what a model gives: yes or no, classes, labels, logits; and where they say nothing.</summary>
public sealed class ClassMetricFormTests
{
    private static readonly float[,] Three = { { 2, 1, 0 }, { 0, 1, 2 }, { 1, 2, 0 }, { 3, 0, 0 } };

    /// <summary>A metric of each kind that takes one output.</summary>
    public static TheoryData<Metric> OfOne => new()
    {
        new Precision(), new Recall(), new Specificity(), new F1Score(), new FBetaScore(2), new BalancedAccuracy(), new CohenKappa(), new MatthewsCorrelation(),
        new MeanIoU(), new BinaryIoU(), new Auc(), new Auc(thresholds: 200), new AveragePrecision(), new BrierScore(), new ExpectedCalibrationError(),
        new HammingLoss(), new SubsetAccuracy(), new RSquared(), new RootMeanSquaredError(),
    };

    [Theory]
    [MemberData(nameof(OfOne))]
    public void Logits_reach_a_metric_as_probabilities(Metric metric)
    {
        // Above 0.5 as probabilities, not as they are, are 0.2 and 0.3.
        var data = new Dataset(new float[,] { { 0.2f }, { 0.3f }, { -1 }, { 2 }, { 0.4f } }, new[] { 1, 0, 0, 1, 1 });
        Sequential logits = Sequential.Input(1).Dense(1).Build(seed: 1), probabilities = Sequential.Input(1).Dense(1).Sigmoid().Build(seed: 1);
        foreach (Sequential model in (Sequential[])[logits, probabilities]) model.Parameters["dense.kernel"].Assign(Tensor.Ones([1, 1]));

        logits.Compile(new Sgd(0), new BinaryCrossEntropy(fromLogits: true), metric, new BinaryAccuracy());
        probabilities.Compile(new Sgd(0), new BinaryCrossEntropy(), metric, new BinaryAccuracy());

        float figure = probabilities.Evaluate(data)[metric.Name];
        logits.Evaluate(data, batchSize: 2)[metric.Name].Should().BeApproximately(figure, 1e-6f);
        logits.TrainOnBatch(data.Inputs, data.Targets)[metric.Name].Should().BeApproximately(figure, 1e-6f);
        figure.Should().NotBe(float.NaN);
        logits.Evaluate(data)["binary_accuracy"].Should().Be(0.8f, "it takes logits itself");
    }

    /// <summary>A metric of each kind that takes classes.</summary>
    public static TheoryData<Metric> OfClasses => new()
    {
        new Precision(Averaging.Macro), new F1Score(Averaging.Weighted), new CohenKappa(), new MeanIoU(), new Auc(Averaging.Macro),
        new AveragePrecision(Averaging.Micro), new SparseTopKCategoricalAccuracy(2), new BrierScore(), new ExpectedCalibrationError(), new Perplexity(),
    };

    [Theory]
    [MemberData(nameof(OfClasses))]
    public void Logits_of_a_softmax_do_too(Metric metric)
    {
        var data = new Dataset(Three, new[] { 0, 2, 0, 1 });
        Sequential logits = Sequential.Input(3).Reshape(3).Build(), probabilities = Sequential.Input(3).Softmax().Build();

        logits.Compile(new Sgd(), new SparseCategoricalCrossEntropy(fromLogits: true), metric);
        probabilities.Compile(new Sgd(), new SparseCategoricalCrossEntropy(), metric);

        float figure = probabilities.Evaluate(data)[metric.Name];
        logits.Evaluate(data, batchSize: 3)[metric.Name].Should().BeApproximately(figure, 1e-6f);
        figure.Should().NotBe(float.NaN);
    }

    [Fact]
    public void Logits_so_sure_that_a_probability_is_0_have_a_finite_perplexity()
    {
        Sequential model = Sequential.Input(2).Softmax().Build().Compile(new Sgd(), new SparseCategoricalCrossEntropy(), new Perplexity());
        model.Evaluate(new Dataset(new float[,] { { 30, -30 } }, new[] { 1 }))["perplexity"].Should().BeApproximately(MathF.Exp(60), MathF.Exp(60) * 1e-5f);
    }

    [Fact]
    public void A_custom_metric_gets_probabilities_or_logits_if_it_asks_for_them()
    {
        var data = new Dataset(new float[,] { { 0 }, { 0 } }, new[] { 1, 0 });
        Sequential model = Sequential.Input(1).Reshape(1).Build();
        model.Compile(new Sgd(), new BinaryCrossEntropy(fromLogits: true), new First("probability"), new First("logit") { Logits = true });
        Evaluation result = model.Evaluate(data);
        (result["probability"], result["logit"]).Should().Be((0.5f, 0f));
        model.Compile(new Sgd(), new MeanSquaredError(), new First("value")).Evaluate(data)["value"].Should().Be(0f);
    }

    [Fact]
    public void Logits_that_are_of_no_probability_reach_no_metric_but_one_that_asks_for_them()
    {
        Sequential model = Sequential.Input(1).Reshape(1).Build();
        model.Invoking(m => m.Compile(new Sgd(), new OfLogarithms(), new RSquared()))
            .Should().Throw<ArgumentException>().WithMessage("The metric r2_score does not take logits, but OfLogarithms does*TakesLogits*");
        model.Compile(new Sgd(), new OfLogarithms(), new First("raw") { Logits = true });
        model.Evaluate(Tensor.Ones([1, 1]), Tensor.Ones([1, 1]))["raw"].Should().Be(1f);
    }

    [Fact]
    public void The_last_layer_and_the_loss_tell_classes_from_labels()
    {
        Sequential classes = Sequential.Input(2).Dense(3).Softmax().Build(), labels = Sequential.Input(2).Dense(3).Sigmoid().Build();
        Read(classes, new SparseCategoricalCrossEntropy()).Should().Be((3, false, 10));
        Read(classes, new MeanSquaredError()).Should().Be((3, false, 10));
        Read(labels, new BinaryCrossEntropy()).Should().Be((3, true, 10));
        Read(labels, new MeanSquaredError()).Should().Be((3, true, 10));
        Read(Sequential.Input(2).Dense(3).Build(), new BinaryCrossEntropy(fromLogits: true)).Should().Be((3, true, 10));
        Read(Sequential.Input(2).Dense(3).Build(), new CategoricalCrossEntropy(fromLogits: true)).Should().Be((3, false, 10));
        Read(Sequential.Input(2).Dense(1).Sigmoid().Build(), new BinaryCrossEntropy()).Should().Be((2, false, 7));

        static (int, bool, int) Read(Sequential model, Loss loss)
        {
            var metric = new F1Score(Averaging.Macro) { Weighted = true };
            var form = (F1Score)model.Compile(new Sgd(), loss, metric).Metrics.Single();
            (metric.Classes, metric.MultiLabel, form.Weighted).Should().Be((2, false, true), "the metric itself is not changed");
            return (form.Classes, form.MultiLabel, form.Size);
        }
    }

    [Fact]
    public void Two_classes_are_a_yes_or_no_of_the_second()
    {
        var data = new Dataset(new float[,] { { 0, 1 }, { 2, 0 }, { 0, 3 }, { 1, 0 } }, new[] { 1, 0, 0, 1 });
        Sequential model = Sequential.Input(2).Softmax().Build();
        model.Compile(new Sgd(), new SparseCategoricalCrossEntropy(), new Precision(), new Recall(), new Recall(threshold: 0.2, name: "at_0.2"), new Auc());
        Evaluation result = model.Evaluate(data);
        // Of the second class the probabilities are 0.73, 0.12, 0.95 and 0.27.
        (result["precision"], result["recall"], result["at_0.2"], result["auc"]).Should().Be((0.5f, 0.5f, 1f, 0.5f));
    }

    [Fact]
    public void Each_position_of_a_sample_counts()
    {
        // Two pixels a sample, two classes each.
        Tensor inputs = Tensor.From([5f, 0f, 0f, 5f, 0f, 5f, 0f, 5f], [2, 2, 2]), targets = Tensor.From([0f, 1f, 1f, 0f], [2, 2]);
        Sequential model = Sequential.Input(2, 2).Softmax().Build();
        model.Compile(new Sgd(), new SparseCategoricalCrossEntropy(), new MeanIoU(), new F1Score(), new Auc());
        Evaluation result = model.Evaluate(inputs, targets);
        result["mean_io_u"].Should().BeApproximately((1 / 2f + 2 / 3f) / 2, 1e-6f);
        result["f1_score"].Should().BeApproximately(4 / 5f, 1e-6f);
        result["auc"].Should().Be((2 * 1 + 1) / 4f + 0f, "the two of class 1 beat one, and tie with the other");
    }

    public static TheoryData<string, SequentialBuilder, Loss, Metric> Refused => new()
    {
        { "Precision of yes and no*3 classes*new Precision(Averaging.Macro)*", Softmax, new SparseCategoricalCrossEntropy(), new Precision() },
        { "Auc of yes and no*3 classes*new Auc(Averaging.Macro)*", Softmax, new SparseCategoricalCrossEntropy(), new Auc() },
        { "Recall of yes and no*3 labels*Averaging.Macro*", Sigmoid, new BinaryCrossEntropy(), new Recall() },
        { "BinaryIoU of yes and no*3 classes*", Softmax, new SparseCategoricalCrossEntropy(), new BinaryIoU() },
        { "Auc judges classes, but MeanSquaredError*Dense(1)*RSquared*Sigmoid()*", Line, new MeanSquaredError(), new Auc() },
        { "F1Score judges classes, but MeanAbsoluteError*", Line, new MeanAbsoluteError(), new F1Score(Averaging.Macro) },
        { "Precision judges classes*Dense(1) gives under Custom may be anything*Sigmoid() or Softmax()*", Line, new Custom(), new Precision() },
        { "BrierScore judges classes*", Line, new MeanSquaredError(), new BrierScore() },
        { "CohenKappa takes one class*3 outputs of Sigmoid()*HammingLoss*", Sigmoid, new BinaryCrossEntropy(), new CohenKappa() },
        { "ExpectedCalibrationError takes one class*", Sigmoid, new BinaryCrossEntropy(), new ExpectedCalibrationError() },
        { "HammingLoss judges labels*3 exclusive classes*Accuracy*", Softmax, new SparseCategoricalCrossEntropy(), new HammingLoss() },
        { "SubsetAccuracy judges labels*", Softmax, new SparseCategoricalCrossEntropy(), new SubsetAccuracy() },
        { "LabelRankingAveragePrecision ranks labels*AveragePrecision*", Yes, new BinaryCrossEntropy(), new LabelRankingAveragePrecision() },
        { "*top_k_categorical_accuracy of the best 5*3 classes*smaller k*", Softmax, new SparseCategoricalCrossEntropy(), new SparseTopKCategoricalAccuracy() },
        { "*top_k_categorical_accuracy of the best 4*", Softmax, new CategoricalCrossEntropy(), new TopKCategoricalAccuracy(4) },
        { "*two or more classes*", Yes, new BinaryCrossEntropy(), new TopKCategoricalAccuracy(1) },
        { "perplexity chooses among two or more classes*", Yes, new BinaryCrossEntropy(), new Perplexity() },
        { "Auc with OneVsOne*thresholds*", Softmax, new SparseCategoricalCrossEntropy(), new Auc(Averaging.Macro, thresholds: 9) { OneVsOne = true } },
        { "Auc with OneVsOne*", Softmax, new SparseCategoricalCrossEntropy(), new Auc(Averaging.Micro) { OneVsOne = true } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_metric_that_has_no_meaning_is_refused_at_Compile_with_what_has(string message, SequentialBuilder builder, Loss loss, Metric metric)
        => builder.Build().Invoking(m => m.Compile(new Sgd(), loss, metric)).Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public void Targets_that_are_no_classes_are_refused_before_the_first_step()
    {
        Sequential yes = Yes.Build().Compile(new Sgd(), new MeanSquaredError(), new F1Score());
        yes.Invoking(m => m.Fit(new Dataset(Tensor.Zeros([3, 2]), Tensor.From([0f, 1f, 0.3f], [3, 1]))))
            .Should().Throw<ArgumentException>().WithMessage("f1_score expects targets 0 and 1, got 0.3 in row 2*RSquared*");
        Sequential classes = Softmax.Build().Compile(new Sgd(), new MeanSquaredError(), new F1Score(Averaging.Macro));
        classes.Invoking(m => m.Fit(new Dataset(Tensor.Zeros([1, 2]), Tensor.From([0.3f, 0.1f, 0f], [1, 3]))))
            .Should().Throw<ArgumentException>().WithMessage("*sum to 1*");
        Sequential r2 = Softmax.Build().Compile(new Sgd(), new SparseCategoricalCrossEntropy(), new RSquared());
        r2.Invoking(m => m.Fit(new Dataset(Tensor.Zeros([1, 2]), new[] { 1 })))
            .Should().Throw<ShapeMismatchException>().WithMessage("r2_score expects targets*[batch, 3]*");
    }

    [Fact]
    public void By_hand_another_number_of_classes_is_refused_and_the_setting_is_named()
    {
        var metric = new F1Score(Averaging.Macro);
        metric.Invoking(m => m.Accumulate(Tensor.Ones([2, 3]), Tensor.Zeros([2]), null, new MetricSums(m.Size)))
            .Should().Throw<ShapeMismatchException>().WithMessage("f1_score counts 2 classes, but the predictions are [2, 3]*Classes*");
        new RSquared().Invoking(m => m.Accumulate(Tensor.Ones([2, 3]), Tensor.Ones([2, 3]), null, new MetricSums(m.Size)))
            .Should().Throw<ShapeMismatchException>().WithMessage("r2_score expects 1 value*[2, 3]*Outputs*");
        new Auc(thresholds: 5).Invoking(m => m.Accumulate(Tensor.From([0.5f, 3f], [2, 1]), Tensor.Zeros([2]), null, new MetricSums(m.Size)))
            .Should().Throw<ArgumentException>().WithMessage("auc takes probabilities from 0 to 1, got 3 in row 1*sigmoid*");
    }

    [Fact]
    public void Early_stopping_follows_each_by_its_name_in_its_direction()
    {
        Dataset data = CustomMetricTests.Ranks(60, seed: 3), validation = CustomMetricTests.Ranks(30, seed: 4);
        (Metric Metric, string Name)[] metrics =
        [
            (new F1Score(), "val_f1_score"), (new Auc(), "val_auc"), (new AveragePrecision(), "val_average_precision"), (new BrierScore(), "val_brier_score"),
            (new MatthewsCorrelation(), "val_matthews_correlation"), (new ExpectedCalibrationError(), "val_expected_calibration_error"),
            (new RSquared(), "val_r2_score"),
        ];
        foreach ((Metric metric, string name) in metrics)
        {
            var stopping = new EarlyStopping { Monitor = name, Patience = 9 };
            History history = CustomMetricTests.Model().Compile(new Adam(0.05), new BinaryCrossEntropy(), metric)
                .Fit(data, new FitOptions { Epochs = 8, Validation = validation, Callbacks = [stopping] });
            float best = metric.HigherIsBetter ? history[name].Max() : history[name].Min();
            history[name][stopping.BestEpoch].Should().Be(best, name);
            history[name].Distinct().Should().HaveCountGreaterThan(1, name);
        }
    }

    private static SequentialBuilder Softmax => Sequential.Input(2).Dense(3).Softmax();

    private static SequentialBuilder Sigmoid => Sequential.Input(2).Dense(3).Sigmoid();

    private static SequentialBuilder Line => Sequential.Input(2).Dense(1);

    private static SequentialBuilder Yes => Sequential.Input(2).Dense(1).Sigmoid();

    /// <summary>The mean of the predictions.</summary>
    private sealed class First(string name) : MeanMetric
    {
        public override string Name => name;

        public override bool HigherIsBetter => true;

        public bool Logits { get; init; }

        public override bool TakesLogits => Logits;

        public override void PerSample(Tensor predictions, Tensor targets, Span<float> values) => predictions.AsReadOnlySpan().CopyTo(values);
    }

    private sealed class OfLogarithms : Loss
    {
        internal override bool OfLogits => true;

        public override Tensor PerSample(Tensor predictions, Tensor targets) => predictions.Square().Mean(-1);
    }

    private sealed class Custom : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => predictions.Square().Mean(-1);

        public override void Validate(Tensor targets, Shape output) { }
    }
}
