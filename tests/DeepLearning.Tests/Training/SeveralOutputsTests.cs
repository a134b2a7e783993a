using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

public sealed class SeveralOutputsTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_inputs_and_two_outputs_learn_what_they_are_taught()
    {
        Model model = Made().Compile(
            new Adam(0.02), [new OutputLoss(new SparseCategoricalCrossEntropy(), new Accuracy()), new OutputLoss(new MeanSquaredError()) { Weight = 0.5 }]);
        History history = model.Fit(Data(), new FitOptions(epochs: 60, batchSize: 16) { ValidationSplit = 0.25 });
        history.Names.Should().Equal(
            "loss", "kind_loss", "kind_accuracy", "sum_loss", "val_loss", "val_kind_loss", "val_kind_accuracy", "val_sum_loss");
        history["kind_accuracy"][^1].Should().BeGreaterThan(0.95f);
        history["sum_loss"][^1].Should().BeLessThan(0.05f);
    }

    [Fact]
    public void The_loss_is_the_weighted_sum_of_the_outputs_losses()
    {
        Model model = Made().Compile(
            new Sgd(0.0), [new OutputLoss(new SparseCategoricalCrossEntropy()), new OutputLoss(new MeanSquaredError()) { Weight = 0.25 }]);
        Evaluation result = model.Evaluate(Data());
        IReadOnlyList<Tensor> predictions = model.Predict(Data().InputTensors);
        double kind = (float)DeepLearning.Losses.SparseCategoricalCrossEntropy(predictions[0], Data().TargetTensors[0]);
        double sum = (float)DeepLearning.Losses.MeanSquaredError(predictions[1], Data().TargetTensors[1]);
        result["kind_loss"].Should().BeApproximately((float)kind, 1e-5f);
        result["sum_loss"].Should().BeApproximately((float)sum, 1e-5f);
        result.Loss.Should().BeApproximately((float)(kind + 0.25 * sum), 1e-5f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_loss_is_the_same_at_any_batch_size_with_sample_weights(int batchSize)
    {
        Node x = Model.Input(1);
        Model model = Model.Of([x], [x.Dense(1).Named("a"), x.Dense(1).Named("b")]).Build();
        foreach (Parameter parameter in model.Parameters) parameter.Value.AsSpan().Clear();
        var loss = new MeanSquaredError { Reduction = LossReduction.MeanWithSampleWeight };
        model.Compile(new Sgd(), [loss, new OutputLoss(loss) { Weight = 0.5 }]);
        Tensor targets = new float[,] { { 1 }, { 1 }, { 3 }, { 3 } };
        var data = new Dataset([Tensor.Ones([4, 1])], [targets, targets], Tensor.From(10, 10, 1, 1));
        Evaluation result = model.Evaluate(data, batchSize);
        // (10 + 10 + 9 + 9) / 22 for each.
        result["a_loss"].Should().BeApproximately(38f / 22, 1e-6f);
        result.Loss.Should().BeApproximately(1.5f * 38f / 22, 1e-6f);
    }

    [Fact]
    public void An_output_whose_name_begins_with_val_is_followed_in_its_direction()
    {
        Node x = Model.Input(4);
        Model model = Model.Of([x], [x.Dense(3).Softmax().Named("val_head")]).Build(seed: 1);
        model.Compile(new Adam(0.05), new SparseCategoricalCrossEntropy(), new CustomScore());
        var stopping = new EarlyStopping("val_score", patience: 50);
        History history = model.Fit(TrainingCases.Blobs(48), new FitOptions(epochs: 4, batchSize: 8) { Callbacks = [stopping] });
        IReadOnlyList<float> scores = history["val_score"];
        scores[stopping.BestEpoch].Should().Be(scores.Max());
        scores.Max().Should().BeGreaterThan(scores.Min());
    }

    [Fact]
    public void A_weight_of_0_leaves_what_only_that_output_needs_as_it_is()
    {
        Model model = Made().Compile(new Sgd(0.5), [new SparseCategoricalCrossEntropy(), new OutputLoss(new MeanSquaredError()) { Weight = 0 }]);
        float[] before = model.Parameters["sum.kernel"].Value.ToArray(), shared = model.Parameters["dense.kernel"].Value.ToArray();
        model.Fit(Data(), new FitOptions(epochs: 1, batchSize: 16));
        model.Parameters["sum.kernel"].Value.ToArray().Should().Equal(before);
        model.Parameters["dense.kernel"].Value.ToArray().Should().NotEqual(shared);
    }

    [Fact]
    public void One_output_in_a_list_has_the_bits_of_one_loss()
    {
        Sequential first = TrainingCases.Classifier(), second = TrainingCases.Classifier();
        first.Compile(new Adam(0.01), new SparseCategoricalCrossEntropy(), new Accuracy());
        second.Compile(new Adam(0.01), [new OutputLoss(new SparseCategoricalCrossEntropy(), new Accuracy())]);
        foreach (Sequential model in new[] { first, second }) model.Fit(TrainingCases.Blobs(48), new FitOptions(epochs: 3, batchSize: 8));
        second.Bits().Should().Equal(first.Bits());
    }

    [Fact]
    public void A_run_that_is_resumed_ends_with_the_same_bits()
    {
        int[] whole = Run(null, null).Bits();
        var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1, Monitor = "val_kind_accuracy" };
        FluentActions.Invoking(() => Run(checkpoint, new Recorder(batch: (c, _) =>
        {
            if (c is { Epoch: 1, Batch: 2 }) throw new TimeoutException();
        }))).Should().Throw<TimeoutException>();
        Run(checkpoint, null).Bits().Should().Equal(whole);
        FluentActions.Invoking(() => Run(checkpoint, null, weight: 0.75)).Should().Throw<CheckpointMismatchException>().WithMessage("*Output sum.Loss weight*");

        static Model Run(CheckpointOptions? checkpoint, Callback? callback, double weight = 0.5)
        {
            Model model = Made().Compile(
                new Adam(0.02), [new OutputLoss(new SparseCategoricalCrossEntropy(), new Accuracy()), new OutputLoss(new MeanSquaredError()) { Weight = weight }]);
            model.Fit(Data(), new FitOptions(epochs: 3, batchSize: 16) { ValidationSplit = 0.25, Checkpoint = checkpoint, Callbacks = callback is null ? [] : [callback] });
            return model;
        }
    }

    [Fact]
    public void A_step_of_two_outputs_allocates_nothing()
    {
        Model model = Made().Compile(new Adam(), [new OutputLoss(new SparseCategoricalCrossEntropy(), new Accuracy()), new MeanSquaredError()]);
        var meter = new AllocationMeter();
        model.Fit(Data(), new FitOptions(AllocationMeter.Epochs, batchSize: 8) { Callbacks = [meter] });
        meter.Least.Should().Be(0);
    }

    [Fact]
    public void Another_number_of_losses_inputs_or_targets_is_refused_by_name()
    {
        Model model = Made();
        model.Invoking(m => m.Compile(new Adam(), new MeanSquaredError())).Should().Throw<ArgumentException>().WithMessage("*2 outputs, kind, sum*got 1*");
        model.Compile(new Adam(), [new SparseCategoricalCrossEntropy(), new MeanSquaredError()]);
        Dataset data = Data();
        model.Invoking(m => m.Fit(new Dataset([data.InputTensors[0]], data.TargetTensors))).Should().Throw<ArgumentException>().WithMessage("*2 inputs*got 1*");
        model.Invoking(m => m.Fit(new Dataset(data.InputTensors, [data.TargetTensors[0]]))).Should().Throw<ArgumentException>().WithMessage("*2 outputs*1 targets*");
        model.Invoking(m => m.Fit(new Dataset(data.InputTensors, [data.TargetTensors[1], data.TargetTensors[1]]))).Should().Throw<ArgumentException>().WithMessage("*label*");
    }

    /// <summary>An accuracy whose name begins as those of validation do.</summary>
    private sealed class CustomScore : MeanMetric
    {
        public override string Name => "val_score";

        public override bool HigherIsBetter => true;

        public override void PerSample(Tensor predictions, Tensor targets, Span<float> values) => new SparseCategoricalAccuracy().PerSample(predictions, targets, values);
    }

    private static Model Made()
    {
        Node left = Model.Input(3), right = Model.Input(2);
        Node h = Node.Concatenate(left.Dense(8).Tanh(), right.Dense(8).Tanh());
        return Model.Of([left, right], [h.Dense(3).Softmax().Named("kind"), h.Dense(1).Named("sum")]).Build(seed: 4);
    }

    /// <summary>The place of the largest of three numbers, and the sum of two others.</summary>
    private static Dataset Data()
    {
        Tensor left = Tensor.RandomNormal([96, 3], seed: 1), right = Tensor.RandomNormal([96, 2], seed: 2);
        Tensor kinds = Tensor.Zeros([96]), sums = Tensor.Zeros([96, 1]);
        for (int i = 0; i < 96; i++)
        {
            int kind = i % 3;
            left[i, kind] += 3f;
            kinds[i] = kind;
            sums[i, 0] = right[i, 0] + right[i, 1];
        }

        return new Dataset([left, right], [kinds, sums]);
    }
}
