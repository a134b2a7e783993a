namespace DeepLearning.Tests.Metrics;

/// <summary>What every metric gets from a model: weights where it asks for them, and a trial before anything is trained.</summary>
public sealed class MetricTests
{
    // A model that gives its input.
    private static readonly float[] Inputs = [0.9f, 0.2f, 0.6f, 0.4f], Targets = [1, 1, 0, 0], Weights = [4, 2, 1, 1];

    private static readonly Dataset Data = new(Tensor.From(Inputs, [4, 1]), Tensor.From(Targets), Tensor.From(Weights));

    [Fact]
    public void Sample_weights_reach_a_metric_that_is_weighted_and_no_other()
    {
        Sequential model = Model().Compile(
            new Sgd(), new MeanSquaredError(), new BinaryAccuracy(), new BinaryAccuracy(name: "w") { Weighted = true }, new MeanAbsoluteError(),
            new LossMetric(new MeanAbsoluteError(), "wmae") { Weighted = true }, new CustomF1(), new CustomAuc { Weighted = true });
        History history = model.Fit(Data, new FitOptions { BatchSize = 3, Validation = Data, Shuffle = false });
        Evaluation[] all = [model.Evaluate(Data, 2), model.TrainOnBatch(Data.Inputs, Data.Targets, Data.SampleWeights)];
        foreach (Func<string, float> figure in all.Select(e => (Func<string, float>)(n => e[n])).Append(n => history[n][0]).Append(n => history["val_" + n][0]))
        {
            figure("binary_accuracy").Should().Be(0.5f);
            figure("w").Should().Be(5f / 8);
            figure("mean_absolute_error").Should().BeApproximately((0.1f + 0.8f + 0.6f + 0.4f) / 4, 1e-6f);
            figure("wmae").Should().BeApproximately((0.4f + 1.6f + 0.6f + 0.4f) / 8, 1e-6f);
            figure("f1").Should().Be(0.5f);
            // Pairs of weights 4·1, 4·1 right; 2·1, 2·1 wrong.
            figure("auc").Should().BeApproximately(8f / 12, 1e-6f);
        }

        // Without weights, all count alike.
        model.Evaluate(new Dataset(Data.Inputs, Data.Targets))["w"].Should().Be(0.5f);
    }

    public static TheoryData<SequentialBuilder, Loss, Metric> Forms => new()
    {
        { Sequential.Input(2).Dense(1).Sigmoid(), new BinaryCrossEntropy(), new Accuracy { Weighted = true } },
        { Sequential.Input(2).Dense(1), new BinaryCrossEntropy { FromLogits = true }, new Accuracy { Weighted = true } },
        { Sequential.Input(2).Dense(1), new BinaryCrossEntropy { FromLogits = true }, new BinaryAccuracy(0.7) { Weighted = true } },
        { Sequential.Input(2).Dense(3).Softmax(), new CategoricalCrossEntropy(), new Accuracy { Weighted = true } },
        { Sequential.Input(2).Dense(3).Softmax(), new SparseCategoricalCrossEntropy(), new Accuracy { Weighted = true } },
        { Sequential.Input(2).Dense(1).Sigmoid(), new MeanSquaredError(), new Accuracy { Weighted = true } },
        { Sequential.Input(2).Dense(3).Softmax(), new MeanSquaredError(), new Accuracy { Weighted = true } },
        { Sequential.Input(2).Dense(1).Sigmoid(), new BinaryCrossEntropy(), new LossMetric(new BinaryCrossEntropy(), "named") { Weighted = true } },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_form_that_a_metric_takes_in_a_model_is_weighted_as_the_metric_is(SequentialBuilder builder, Loss loss, Metric metric)
    {
        Metric form = builder.Build().Compile(new Sgd(), loss, metric).Metrics.Single();
        form.Weighted.Should().BeTrue();
        if (metric is LossMetric) form.Name.Should().Be("named");
    }

    [Fact]
    public void A_metric_of_less_than_no_sums_is_refused_at_Compile()
        => Model().Invoking(m => m.Compile(new Sgd(), new MeanSquaredError(), new Faulty { Sums = -1 }))
            .Should().Throw<ArgumentException>().WithMessage("*faulty has -1 sums*");

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_metric_that_writes_beside_its_sums_or_cannot_give_a_result_is_refused_before_anything_is_trained(int size, bool failsInResult)
    {
        Sequential model = Model().Compile(new Sgd(), new MeanSquaredError(), new Faulty { Sums = size, FailsInResult = failsInResult });
        Action[] calls = [() => model.Fit(Data), () => model.Evaluate(Data), () => model.TrainOnBatch(Data.Inputs, Data.Targets)];
        foreach (Action call in calls)
            call.Should().Throw<ArgumentException>().WithMessage("The metric faulty cannot be computed from a prediction [1, 1] and a target [1, 1]*");
    }

    private static Sequential Model() => Sequential.Input(1).Reshape(1).Build();

    private sealed class Faulty : Metric
    {
        public override bool HigherIsBetter => false;

        public int Sums { get; init; }

        public bool FailsInResult { get; init; }

        public override string Name => "faulty";

        public override int Size => Sums;

        public override void Accumulate(Tensor predictions, Tensor targets, Tensor? weights, MetricSums sums) => sums[0] += 1;

        public override double Result(MetricSums sums) => FailsInResult ? throw new ArgumentException("too few samples") : sums[0];
    }
}
