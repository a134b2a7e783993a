using System.Runtime.CompilerServices;

namespace DeepLearning.Tests.Training;

public sealed class EvaluateTests
{
    [Fact]
    public void Predictions_of_any_number_of_rows_are_those_row_by_row()
    {
        Sequential model = Sequential.Input(20).Dense(33).Relu().Dense(17).Tanh().Dense(5).Softmax().Build(seed: 2);
        Tensor x = Tensor.RandomNormal([600, 20], seed: 1);
        float[] rows = [.. Enumerable.Range(0, 600).SelectMany(r => model.Predict(x.RowsView(r, 1)).ToArray())];
        foreach (int count in (int[])[1, 2, 3, 7, 16, 63, 255, 256, 257, 512, 600])
            model.Predict(x.RowsView(0, count)).ToArray().Should().Equal(rows[..(count * 5)], because: $"{count} rows are computed as one is");
    }

    [Fact]
    public void No_rows_give_no_predictions()
        => Sequential.Input(4).Dense(3).Build().Predict(Tensor.Zeros([0, 4])).Shape.Should().Equal(0, 3);

    [Fact]
    public void The_batch_size_of_an_evaluation_changes_no_more_than_rounding()
    {
        Sequential model = TrainingCases.Classifier();
        Dataset data = TrainingCases.Blobs(100);
        Evaluation whole = model.Evaluate(data, 100), parts = model.Evaluate(data, 7);
        parts.Loss.Should().BeApproximately(whole.Loss, 1e-6f);
        parts["accuracy"].Should().Be(whole["accuracy"]);
        whole.Names.Should().Equal("loss", "accuracy");
        whole.ToString().Should().MatchRegex(@"^loss \d\.\d{4}, accuracy \d\.\d{4}$");
    }

    [Fact]
    public void An_evaluation_changes_nothing()
    {
        Sequential model = TrainingCases.Classifier();
        int[] before = model.Bits();
        float first = model.Evaluate(TrainingCases.Blobs(50)).Loss;
        model.Evaluate(TrainingCases.Blobs(50)).Loss.Should().Be(first);
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void An_accuracy_is_the_share_of_right_classes()
    {
        Sequential model = Sequential.Input(2).Softmax().Build().Compile(new Sgd(), new SparseCategoricalCrossEntropy(), new Accuracy());
        var data = new Dataset(new float[,] { { 2, 1 }, { 0, 5 }, { 3, 1 }, { 1, 2 } }, new[] { 0, 1, 1, 1 });
        model.Evaluate(data)["accuracy"].Should().Be(0.75f);
    }

    [Fact]
    public void A_step_on_a_batch_equals_an_epoch_of_that_batch()
    {
        Dataset data = TrainingCases.Blobs(20);
        Sequential step = TrainingCases.Classifier(), epoch = TrainingCases.Classifier();
        History history = epoch.Fit(data, new FitOptions { BatchSize = 20, Shuffle = false });
        Evaluation figures = step.TrainOnBatch(data.Inputs, data.Targets);
        step.Bits().Should().Equal(epoch.Bits());
        figures.Loss.Should().Be(history["loss"][0]);
        figures["accuracy"].Should().Be(history["accuracy"][0]);
    }

    [Fact]
    public void A_batch_size_of_0_throws()
        => TrainingCases.Classifier().Invoking(m => m.Evaluate(TrainingCases.Blobs(3), 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("batchSize");

    [Fact]
    public void A_model_does_not_keep_the_activations_of_a_large_evaluation_or_of_its_validation()
    {
        var layer = new Witness();
        Sequential model = Sequential.Input(2).Dense(4).Add(layer).Dense(1).Build().Compile(new Sgd(), new MeanSquaredError());
        Evaluate();
        Fit();
        GC.Collect();
        layer.Seen.Should().HaveCount(3).And.OnlyContain(activation => !activation.IsAlive);
        GC.KeepAlive(model);

        // In methods of their own, so that no local of this one holds an activation.
        [MethodImpl(MethodImplOptions.NoInlining)]
        void Evaluate() => model.Evaluate(TrainingCases.Plane(500), batchSize: 500);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Fit() => model.Fit(TrainingCases.Plane(4), new FitOptions { Epochs = 2, BatchSize = 8, Validation = TrainingCases.Plane(4) });
    }

    /// <summary>Remembers what came at inference without keeping it.</summary>
    private sealed class Witness : Layer
    {
        public List<WeakReference> Seen { get; } = [];

        public override Tensor Forward(Tensor x, LayerContext context)
        {
            if (!context.Training) Seen.Add(new WeakReference(x));
            return x;
        }
    }
}
