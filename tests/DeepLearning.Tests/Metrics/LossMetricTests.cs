namespace DeepLearning.Tests.Metrics;

/// <summary>Losses as figures beside the loss that is trained on.</summary>
public sealed class LossMetricTests
{
    [Fact]
    public void The_same_cross_entropy_has_one_value_as_a_loss_and_as_a_metric()
    {
        (Sequential Model, Loss Loss, Tensor Target, float Value)[] cases =
        [
            (Sure(Sequential.Input(1).Dense(1).Sigmoid(), [60f]), new BinaryCrossEntropy(), Tensor.From([0f], [1, 1]), 60f),
            (Sure(Sequential.Input(1).Dense(2).Softmax(), [60f, -60f]), new SparseCategoricalCrossEntropy(), Tensor.From(1f), 120f),
            (Sure(Sequential.Input(1).Dense(2).Softmax(), [60f, -60f]), new CategoricalCrossEntropy(), Tensor.From([0f, 1f], [1, 2]), 120f),
        ];
        foreach ((Sequential model, Loss loss, Tensor target, float value) in cases)
        {
            model.Compile(new Sgd(0), loss, loss, new Accuracy());
            foreach (Evaluation figures in (Evaluation[])[model.Evaluate(Tensor.Ones([1, 1]), target), model.TrainOnBatch(Tensor.Ones([1, 1]), target)])
            {
                figures.Loss.Should().Be(value);
                figures[model.Metrics[0].Name].Should().Be(value);
                figures["accuracy"].Should().Be(0f);
            }
        }
    }

    [Fact]
    public void By_hand_a_compiled_metric_still_takes_probabilities()
    {
        Sequential model = Sure(Sequential.Input(1).Dense(1).Sigmoid(), [0f]);
        model.Compile(new Sgd(0), new BinaryCrossEntropy(), new BinaryCrossEntropy());
        var sums = new MetricSums(2);

        model.Metrics[0].Accumulate(Tensor.From([0.5f], [1, 1]), Tensor.From([1f], [1, 1]), null, sums);

        model.Metrics[0].Result(sums).Should().BeApproximately(Math.Log(2), 1e-6);
    }

    [Fact]
    public void Quantities_are_not_compared_with_logits()
    {
        Sequential model = Sequential.Input(1).Dense(2).Build();
        foreach (Loss shown in (Loss[])[new MeanSquaredError(), new MeanAbsoluteError(), new Huber(), new LogCosh()])
        {
            model.Invoking(m => m.Compile(new Sgd(), new BinaryCrossEntropy(fromLogits: true), shown))
                .Should().Throw<ArgumentException>().WithMessage($"{shown.Name} compares quantities*logits*Sigmoid()*Accuracy*");
            model.Invoking(m => m.Compile(new Sgd(), new CategoricalCrossEntropy(fromLogits: true), shown))
                .Should().Throw<ArgumentException>().WithMessage($"{shown.Name} compares quantities*logits*Softmax()*Accuracy*");
        }

        Sequential.Input(1).Dense(1).Sigmoid().Build().Compile(new Sgd(), new BinaryCrossEntropy(), new MeanAbsoluteError()).Metrics.Should().HaveCount(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void By_hand_a_metric_wants_one_place_a_sample(int places)
    {
        Tensor predictions = Tensor.Full([4, 2], 0.5f), oneHot = Tensor.From([1f, 0f, 1f, 0f, 0f, 1f, 0f, 1f], [4, 2]), labels = Tensor.From(0f, 0f, 1f, 1f);
        (MeanMetric Metric, Tensor Targets)[] cases =
        [
            (new Accuracy(), oneHot), (new Accuracy(), labels), (new BinaryAccuracy(), oneHot), (new CategoricalAccuracy(), oneHot),
            (new SparseCategoricalAccuracy(), labels), (new LossMetric(new MeanAbsoluteError()), oneHot),
        ];
        foreach ((MeanMetric metric, Tensor targets) in cases)
            metric.Invoking(m => m.PerSample(predictions, targets, new float[places]))
                .Should().Throw<ArgumentException>().WithMessage($"{metric.Name} writes one value per sample*[4, 2], got {places} places*")
                .WithParameterName("values");
    }

    private static Sequential Sure(SequentialBuilder builder, float[] logits)
    {
        Sequential model = builder.Build();
        model.Parameters["dense.kernel"].Assign(Tensor.From(logits, [1, logits.Length]));
        return model;
    }
}
