namespace DeepLearning.Tests.Metrics;

/// <summary>Which form an accuracy takes in a model, and where it says nothing.</summary>
public sealed class AccuracyFormTests
{
    public static TheoryData<string, SequentialBuilder, Loss> Forms => new()
    {
        { "BinaryAccuracy(0.5)", Sequential.Input(2).Dense(1).Sigmoid(), new BinaryCrossEntropy() },
        { "BinaryAccuracy(0.5)", Sequential.Input(2).Dense(3).Sigmoid(), new BinaryFocalCrossEntropy() },
        { "BinaryAccuracy(0.5) of logits", Sequential.Input(2).Dense(1), new BinaryCrossEntropy { FromLogits = true } },
        { "BinaryAccuracy(0.5) of logits", Sequential.Input(2).Dense(3), new BinaryFocalCrossEntropy { FromLogits = true } },
        { "CategoricalAccuracy", Sequential.Input(2).Dense(3).Softmax(), new CategoricalCrossEntropy() },
        { "CategoricalAccuracy", Sequential.Input(2).Dense(3), new CategoricalCrossEntropy { FromLogits = true } },
        { "SparseCategoricalAccuracy", Sequential.Input(2).Dense(3).Softmax(), new SparseCategoricalCrossEntropy() },
        { "SparseCategoricalAccuracy", Sequential.Input(2).Dense(3), new SparseCategoricalCrossEntropy { FromLogits = true } },
        { "CategoricalAccuracy", Sequential.Input(2).Dense(3).Softmax(), new CategoricalFocalCrossEntropy() },
        { "CategoricalAccuracy", Sequential.Input(2).Dense(3).Softmax(), new KullbackLeiblerDivergence() },
        { "CategoricalAccuracy", Sequential.Input(2).Dense(3), new CategoricalHinge() },
        { "BinaryAccuracy(0.5) of logits", Sequential.Input(2).Dense(1), new Hinge() },
        { "BinaryAccuracy(0.5) of logits", Sequential.Input(2).Dense(3).Tanh(), new SquaredHinge() },
        { "BinaryAccuracy(0.5)", Sequential.Input(2).Dense(1).Sigmoid(), new MeanSquaredError() },
        { "BinaryAccuracy(0.5)", Sequential.Input(2).Dense(2).HardSigmoid(), new MeanSquaredError() },
        { "BinaryAccuracy(0.5)", Sequential.Input(2).Dense(1).Sigmoid(), new Custom() },
        { "Accuracy", Sequential.Input(2).Dense(3).Softmax(), new MeanSquaredError() },
        { "Accuracy", Sequential.Input(2).Dense(3), new Custom() },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Line10_the_loss_and_the_last_layer_choose_the_form_and_the_model_says_which(string form, SequentialBuilder builder, Loss loss)
    {
        Sequential model = builder.Build();
        model.Metrics.Should().BeEmpty();
        model.Compile(new Sgd(), loss, new Accuracy());
        model.Metrics.Select(m => m.ToString()).Should().Equal(form);
    }

    public static TheoryData<SequentialBuilder, Loss> Regressions => new()
    {
        { Sequential.Input(2).Dense(1), new MeanSquaredError() },
        { Sequential.Input(2).Dense(1).Tanh(), new MeanAbsoluteError() },
        { Sequential.Input(2).Dense(1).Relu(), new Huber() },
        { Sequential.Input(2).Dense(3), new LogCosh() },
        { Sequential.Input(2).Dense(1).Exponential(), new Poisson() },
        { Sequential.Input(2).Dense(2), new GaussianNegativeLogLikelihood() },
        { Sequential.Input(2).Dense(3), new CosineSimilarity() },
        { Sequential.Input(2).Dense(1), new MeanAbsolutePercentageError() },
        { Sequential.Input(2).Dense(1), new Custom() },
        { Sequential.Input(2).Dense(3), new CustomRegression() },
    };

    [Theory]
    [MemberData(nameof(Regressions))]
    public void Line10_an_accuracy_of_quantities_is_refused_at_compile(SequentialBuilder builder, Loss loss)
    {
        Sequential model = builder.Build();
        model.Invoking(m => m.Compile(new Sgd(), loss, new Accuracy()))
            .Should().Throw<ArgumentException>().WithMessage($"*Accuracy*{loss.Name}*MeanAbsoluteError*");
        model.Invoking(m => m.Evaluate(new Dataset(Tensor.Zeros([1, 2]), Tensor.Zeros([1, 1]))))
            .Should().Throw<InvalidOperationException>("nothing was compiled");
    }

    [Fact]
    public void Line10_continuous_targets_are_refused_before_the_first_step()
    {
        var data = new Dataset(Tensor.Zeros([3, 2]), Tensor.From([0f, 1f, 0.3f], [3, 1]));
        Loss[] losses = [new MeanSquaredError(), new BinaryCrossEntropy()];
        foreach (Loss loss in losses)
        {
            Sequential model = Sequential.Input(2).Dense(1).Sigmoid().Build().Compile(new Sgd(), loss, new Accuracy());
            Action[] calls =
            [
                () => model.Fit(data), () => model.Fit(data.Batches(3)), () => model.Evaluate(data), () => model.TrainOnBatch(data.Inputs, data.Targets),
                () => model.Fit(data.Take(2), new FitOptions { Validation = data }),
            ];
            foreach (Action call in calls) call.Should().Throw<ArgumentException>().WithMessage("*target of row 2 is 0.3*MeanAbsoluteError*");
        }

        Sequential named = Sequential.Input(2).Dense(1).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy(), new BinaryAccuracy());
        // All predictions are 0.5, and so on the side of 0.
        named.Evaluate(data)["binary_accuracy"].Should().BeApproximately(2f / 3, 1e-6f);
    }

    [Fact]
    public void Line10_of_several_labels_a_sample_each_counts_by_itself()
    {
        // Predictions round to 1 0 1, 1 1 0 and 0 0 0; the largest are at 2, 0 and 0.
        Sequential model = Fixed(3).Sigmoid().Build();
        Identity(model);
        model.Compile(new Sgd(), new BinaryCrossEntropy(), new Accuracy());
        var data = new Dataset(new float[,] { { 1, -1, 2 }, { 2, 1, -1 }, { -1, -2, -3 } }, new float[,] { { 1, 0, 1 }, { 1, 0, 1 }, { 0, 0, 0 } });
        model.Evaluate(data)["accuracy"].Should().BeApproximately(7f / 9, 1e-6f);
        model.Evaluate(data, batchSize: 1)["accuracy"].Should().BeApproximately(7f / 9, 1e-6f);
    }

    [Fact]
    public void Line10_several_labels_a_sample_have_no_categorical_accuracy()
    {
        Sequential model = Sequential.Input(2).Dense(3).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy(), new CategoricalAccuracy());
        var data = new Dataset(Tensor.Zeros([2, 2]), Tensor.From([1f, 0f, 0f, 1f, 1f, 0f], [2, 3]));
        model.Invoking(m => m.Fit(data)).Should().Throw<ArgumentException>().WithMessage("*categorical_accuracy*sum to 1*2 in row 1*");
        // Where each row has one label, the largest is a fair question.
        model.Evaluate(data.Take(1))["categorical_accuracy"].Should().Be(1f);
    }

    [Fact]
    public void Line10_one_hot_rows_have_no_sparse_accuracy()
    {
        Sequential model = Sequential.Input(2).Dense(3).Softmax().Build().Compile(new Sgd(), new CategoricalCrossEntropy(), new SparseCategoricalAccuracy());
        model.Invoking(m => m.Fit(new Dataset(Tensor.Zeros([1, 2]), Tensor.From([1f, 0f, 0f], [1, 3]))))
            .Should().Throw<ArgumentException>().WithMessage("*sparse_categorical_accuracy*one label for each row*[1, 3]*");
    }

    [Fact]
    public void Line10_labels_and_one_hot_rows_under_other_losses_are_told_apart_by_their_shape()
    {
        Sequential model = Fixed(2).Softmax().Build();
        Identity(model);
        float[,] inputs = { { 3, 1 }, { 0, 2 }, { 4, 0 } };
        model.Compile(new Sgd(), new MeanSquaredError(), new Accuracy());
        model.Evaluate(new Dataset(inputs, new float[,] { { 1, 0 }, { 0, 1 }, { 0, 1 } }))["accuracy"].Should().BeApproximately(2f / 3, 1e-6f);
        model.Invoking(m => m.Evaluate(new Dataset(inputs, new float[,] { { 1, 0 }, { 0, 1 }, { 0.4f, 0.1f } })))
            .Should().Throw<ArgumentException>().WithMessage("*sum to 1*row 2*");
        model.Compile(new Sgd(), new Custom(), new Accuracy());
        model.Evaluate(new Dataset(inputs, new[] { 0, 1, 1 }))["accuracy"].Should().BeApproximately(2f / 3, 1e-6f);
        model.Invoking(m => m.Evaluate(new Dataset(inputs, new[] { 0, 1, 2 })))
            .Should().Throw<ArgumentException>().WithMessage("*from 0 to 1, got 2 in row 2*");
    }

    [Fact]
    public void FoundT13_the_threshold_of_logits_is_the_logit_0()
    {
        Sequential model = Fixed(1).Build();
        Identity(model);
        var data = new Dataset(new float[,] { { 0.2f }, { 0.3f }, { -1 }, { 2 } }, new[] { 1, 1, 0, 1 });
        Loss[] losses = [new BinaryCrossEntropy { FromLogits = true }, new BinaryFocalCrossEntropy { FromLogits = true }];
        foreach (Loss loss in losses)
        {
            model.Compile(new Sgd(0f), loss, new Accuracy(), new BinaryAccuracy());
            Evaluation result = model.Evaluate(data);
            (result["accuracy"], result["binary_accuracy"]).Should().Be((1f, 1f));
            model.TrainOnBatch(data.Inputs, data.Targets)["accuracy"].Should().Be(1f);
        }
    }

    [Fact]
    public void FoundT13_a_threshold_of_probabilities_becomes_one_of_logits()
    {
        Sequential logits = Fixed(1).Build(), probabilities = Fixed(1).Sigmoid().Build();
        Identity(logits);
        Identity(probabilities);
        // logit(0.9) is 2.197.
        var data = new Dataset(new float[,] { { 2.19f }, { 2.2f }, { 0.95f } }, new[] { 0, 1, 0 });
        logits.Compile(new Sgd(), new BinaryCrossEntropy { FromLogits = true }, new BinaryAccuracy(0.9f));
        probabilities.Compile(new Sgd(), new BinaryCrossEntropy(), new BinaryAccuracy(0.9f));
        logits.Evaluate(data)["binary_accuracy"].Should().Be(1f);
        probabilities.Evaluate(data)["binary_accuracy"].Should().Be(1f);
        logits.Metrics[0].ToString().Should().Be("BinaryAccuracy(0.9) of logits");
        var values = new float[1];
        new BinaryAccuracy { FromLogits = true }.PerSample(Tensor.From([0.2f], [1, 1]), Tensor.From([1f], [1, 1]), values);
        values.Should().Equal(1f);
    }

    public static TheoryData<string, SequentialBuilder, Loss, Metric> Wrong => new()
    {
        {
            "*BinaryCrossEntropy expects probabilities*Dense(1)*FromLogits*", Sequential.Input(2).Dense(1), new BinaryCrossEntropy { FromLogits = true },
            new BinaryCrossEntropy()
        },
        {
            "*SparseCategoricalCrossEntropy expects probabilities*", Sequential.Input(2).Dense(3), new SparseCategoricalCrossEntropy { FromLogits = true },
            new SparseCategoricalCrossEntropy()
        },
        { "*FromLogits*Sigmoid*", Sequential.Input(2).Dense(1).Sigmoid(), new MeanSquaredError(), new BinaryCrossEntropy { FromLogits = true } },
        {
            "*BinaryAccuracy with FromLogits*Sigmoid*", Sequential.Input(2).Dense(1).Sigmoid(), new BinaryCrossEntropy(),
            new BinaryAccuracy { FromLogits = true }
        },
        {
            "*BinaryAccuracy*logits of a softmax*Accuracy*", Sequential.Input(2).Dense(3), new CategoricalCrossEntropy { FromLogits = true },
            new BinaryAccuracy()
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void FoundT13_a_metric_that_reads_logits_as_probabilities_is_refused(string message, SequentialBuilder builder, Loss loss, Metric metric)
        => builder.Build().Invoking(m => m.Compile(new Sgd(), loss, metric)).Should().Throw<ArgumentException>().WithMessage(message);

    private static SequentialBuilder Fixed(int count) => Sequential.Input(count).Dense(count);

    private static void Identity(Sequential model)
    {
        int count = model.InputShape.Size;
        Tensor one = Tensor.Zeros([count, count]);
        for (int i = 0; i < count; i++) one[i, i] = 1f;
        model.Parameters["dense.kernel"].Assign(one);
    }

    private sealed class Custom : Loss
    {
        public override Tensor PerSample(Tensor predictions, Tensor targets) => predictions.Square().Mean(-1);

        public override void Validate(Tensor targets, Shape output) { }
    }

    private sealed class CustomRegression : Loss
    {
        protected internal override bool IsRegression => true;

        public override Tensor PerSample(Tensor predictions, Tensor targets) => (predictions - targets).Square().Mean(-1);
    }
}
