namespace DeepLearning.Tests.Training;

public sealed class FitAsyncTests
{
    [Fact]
    public async Task Training_on_another_thread_gives_the_same_bits()
    {
        Dataset data = TrainingCases.Blobs(50);
        Sequential here = TrainingCases.Classifier(), there = TrainingCases.Classifier();
        here.Fit(data, new FitOptions { Epochs = 2 });
        await there.FitAsync(data, new FitOptions { Epochs = 2 });
        there.Bits().Should().Equal(here.Bits());
    }

    [Fact]
    public async Task Progress_is_told_after_each_epoch_with_the_figures_of_the_history()
    {
        var reports = new List<EpochProgress>();
        History history = await TrainingCases.Classifier().FitAsync(TrainingCases.Blobs(50), new FitOptions { Epochs = 3 }, new Direct(reports.Add));
        reports.Select(r => (r.Epoch, r.Epochs)).Should().Equal((0, 3), (1, 3), (2, 3));
        reports.Select(r => r.Figures["loss"]).Should().Equal(history["loss"]);
        reports.Select(r => r.Figures["accuracy"]).Should().Equal(history["accuracy"]);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_trains_nothing()
    {
        Sequential model = TrainingCases.Classifier();
        int[] before = model.Bits();
        await model.Invoking(m => m.FitAsync(TrainingCases.Blobs(50), cancellationToken: new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public async Task Fault56_cancelled_in_the_middle_of_an_epoch_it_stops_within_a_batch_and_goes_on_later()
    {
        Dataset data = TrainingCases.Blobs(80);
        using var source = new CancellationTokenSource();
        var optimizer = new Adam(0.01f);
        Sequential model = Sequential.Input(4).Dense(8).Relu().Dropout(0.2f).Dense(3).Softmax().Build(seed: 7)
            .Compile(optimizer, new SparseCategoricalCrossEntropy(), new Accuracy());
        int[]? afterThird = null;
        var options = new FitOptions
        {
            BatchSize = 8,
            Callbacks = [new Recorder(batch: (context, _) =>
            {
                if (context.Batch != 2) return;
                source.Cancel();
                afterThird = context.Model.Bits();
            })],
        };
        Task<History> run = model.FitAsync(data, options, cancellationToken: source.Token);
        await FluentActions.Awaiting(() => run).Should().ThrowAsync<OperationCanceledException>();
        run.IsCanceled.Should().BeTrue();
        optimizer.Steps.Should().Be(3);
        model.Bits().Should().Equal(afterThird);
        model.Fit(data, new FitOptions { Epochs = 5, BatchSize = 8 })["loss"].Should().BeInDescendingOrder();
        optimizer.Steps.Should().Be(53);
    }

    [Fact]
    public async Task A_stream_trained_on_another_thread_gives_the_same_bits_and_tells_its_progress()
    {
        Dataset data = TrainingCases.Blobs(50);
        var reports = new List<EpochProgress>();
        Sequential here = TrainingCases.Classifier(), there = TrainingCases.Classifier();
        here.Fit(data.Batches(16), new FitOptions { Epochs = 2 });
        History history = await there.FitAsync(data.Batches(16), new FitOptions { Epochs = 2 }, new Direct(reports.Add));
        there.Bits().Should().Equal(here.Bits());
        reports.Select(r => r.Figures["loss"]).Should().Equal(history["loss"]);
    }

    [Fact]
    public async Task Fault56_a_stream_cancelled_in_the_middle_of_an_epoch_stops_within_a_batch_and_is_disposed()
    {
        using var source = new CancellationTokenSource();
        Dataset data = TrainingCases.Blobs(8);
        Sequential model = TrainingCases.Classifier(), reference = TrainingCases.Classifier();
        (int taken, bool disposed) = (0, false);
        Task<History> run = model.FitAsync(Endless(), cancellationToken: source.Token);
        await FluentActions.Awaiting(() => run).Should().ThrowAsync<OperationCanceledException>();
        (run.IsCanceled, taken, disposed).Should().Be((true, 3, true));
        for (int step = 0; step < 2; step++) reference.TrainOnBatch(data.Inputs, data.Targets);
        model.Bits().Should().Equal(reference.Bits(), "the third batch was taken, but not trained on");

        IEnumerable<Batch> Endless()
        {
            try
            {
                while (true)
                {
                    if (++taken == 3) source.Cancel();
                    yield return new Batch(data.Inputs, data.Targets);
                }
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact]
    public async Task Fault56_cancelled_during_validation_it_stops_within_a_batch()
    {
        using var source = new CancellationTokenSource();
        var layer = new Counter();
        Sequential model = Sequential.Input(2).Add(layer).Dense(1).Build().Compile(new Sgd(), new MeanSquaredError());
        layer.OnInference = count =>
        {
            if (count == 2) source.Cancel();
        };
        var options = new FitOptions { BatchSize = 1, Validation = TrainingCases.Plane(50) };
        await model.Invoking(m => m.FitAsync(TrainingCases.Plane(10), options, null, source.Token))
            .Should().ThrowAsync<OperationCanceledException>();
        layer.Inferences.Should().Be(2);
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, tells on the training thread.</summary>
    private sealed class Direct(Action<EpochProgress> report) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value) => report(value);
    }

    private sealed class Counter : Layer
    {
        public int Inferences { get; private set; }

        public Action<int>? OnInference { get; set; }

        public override Tensor Forward(Tensor x, LayerContext context)
        {
            if (!context.Training) OnInference?.Invoke(++Inferences);
            return x;
        }
    }
}
