using DeepLearning.Tests.Training;

namespace DeepLearning.Tests.Callbacks;

public sealed class CallbackTests
{
    [Fact]
    public void Hooks_come_in_Keras_s_order()
    {
        var diary = new Diary();
        var options = new FitOptions { Epochs = 2, BatchSize = 4, Validation = TrainingCases.Plane(3), Callbacks = [diary] };
        TrainingCases.Line().Fit(TrainingCases.Plane(6), options);
        string[] epoch = ["batch begin 0", "batch end 0", "batch begin 1", "batch end 1", "test begin", "test end"];
        diary.Entries.Should().Equal(
            ["train begin", "epoch begin 0", .. epoch, "epoch end 0", "epoch begin 1", .. epoch, "epoch end 1", "train end"]);
    }

    [Fact]
    public void Callbacks_are_called_in_the_order_given()
    {
        var shared = new List<string>();
        TrainingCases.Line().Fit(TrainingCases.Plane(2), new FitOptions { Callbacks = [new Diary("a ", shared), new Diary("b ", shared)] });
        shared.Should().Equal(
            "a train begin", "b train begin", "a epoch begin 0", "b epoch begin 0", "a batch begin 0", "b batch begin 0",
            "a batch end 0", "b batch end 0", "a epoch end 0", "b epoch end 0", "a train end", "b train end");
    }

    [Fact]
    public void The_context_counts_batches_and_samples()
    {
        var seen = new List<(int, int?, long, int)>();
        var recorder = new Recorder(batch: (c, _) => seen.Add((c.Batch, c.BatchesPerEpoch, c.Samples, c.Epochs)));
        TrainingCases.Line().Fit(TrainingCases.Plane(10), new FitOptions { BatchSize = 4, Epochs = 1, Callbacks = [recorder] });
        seen.Should().Equal((0, 3, 4, 1), (1, 3, 8, 1), (2, 3, 10, 1));
    }

    [Fact]
    public void A_stream_has_no_number_of_batches()
    {
        var seen = new List<int?>();
        var recorder = new Recorder(batch: (c, _) => seen.Add(c.BatchesPerEpoch));
        TrainingCases.Line().Fit(TrainingCases.Plane(4).Batches(2), new FitOptions { Callbacks = [recorder] });
        seen.Should().Equal([null, null]);
    }

    [Fact]
    public void Stop_ends_training_after_the_batch_in_good_order()
    {
        var diary = new Diary();
        var stop = new Recorder(batch: (context, _) => context.Stop());
        History history = TrainingCases.Line().Fit(TrainingCases.Plane(10), new FitOptions { Epochs = 5, BatchSize = 2, Callbacks = [diary, stop] });
        diary.Entries.Should().Equal("train begin", "epoch begin 0", "batch begin 0", "batch end 0", "epoch end 0", "train end");
        history.Epochs.Should().Be(1);
    }

    [Fact]
    public void Stop_before_the_first_epoch_trains_nothing()
    {
        Sequential model = TrainingCases.Line();
        int[] before = model.Bits();
        model.Fit(TrainingCases.Plane(10), new FitOptions { Epochs = 5, Callbacks = [new StopAtOnce()] }).Epochs.Should().Be(0);
        model.Bits().Should().Equal(before);
    }

    [Fact]
    public void A_callback_may_change_the_learning_rate()
    {
        Sequential model = TrainingCases.Line();
        int[]? afterFirst = null;
        var freeze = new Recorder(epoch: context =>
        {
            context.Optimizer.LearningRate = 0f;
            afterFirst ??= context.Model.Bits();
        });
        model.Fit(TrainingCases.Plane(10), new FitOptions { Epochs = 3, Callbacks = [freeze] });
        model.Bits().Should().Equal(afterFirst);
    }

    [Fact]
    public void A_callback_may_predict_and_evaluate_without_changing_the_run()
    {
        Sequential watched = TrainingCases.Classifier(), alone = TrainingCases.Classifier();
        Dataset data = TrainingCases.Blobs(40);
        var watch = new Recorder(batch: (context, _) =>
        {
            context.Model.Predict(data.Inputs);
            context.Model.Evaluate(data);
        });
        watched.Fit(data, new FitOptions { Epochs = 2, BatchSize = 16, Callbacks = [watch] });
        alone.Fit(data, new FitOptions { Epochs = 2, BatchSize = 16 });
        watched.Bits().Should().Equal(alone.Bits());
    }

    [Fact]
    public void Logs_are_the_means_of_the_epoch_so_far()
    {
        Dataset data = TrainingCases.Plane(10);
        var seen = new List<float>();
        Sequential model = TrainingCases.Line(learningRate: 0f);
        model.Fit(data, new FitOptions { BatchSize = 5, Shuffle = false, Callbacks = [new Recorder(batch: (_, logs) => seen.Add(logs["loss"]))] });
        float first = model.Evaluate(data.Take(5)).Loss, both = model.Evaluate(data, 5).Loss;
        seen.Should().Equal(first, both);
    }

    [Fact]
    public void Logs_name_what_there_is()
    {
        var logs = new Logs(["loss", "accuracy"]);
        logs.Values.Fill(0.25f);
        logs.Should().Equal(new KeyValuePair<string, float>("loss", 0.25f), new KeyValuePair<string, float>("accuracy", 0.25f));
        logs.ToString().Should().Be("loss 0.2500, accuracy 0.2500");
        logs.Invoking(l => l["val_loss"]).Should().Throw<KeyNotFoundException>().WithMessage("*val_loss*loss, accuracy*");
    }

    [Fact]
    public void An_exception_is_told_to_every_callback_once_instead_of_the_end()
    {
        var first = new TimeoutException();
        Witness a = new(), b = new();
        var fails = new LambdaCallback(onTrainBatchEnd: (_, _) => throw first);
        TrainingCases.Line().Invoking(m => m.Fit(TrainingCases.Plane(4), new FitOptions { Callbacks = [a, fails, b] })).Should().Throw<TimeoutException>();
        foreach (Witness witness in new[] { a, b })
        {
            witness.Seen.Should().Equal(first);
            witness.Ends.Should().Be(0);
        }
    }

    [Fact]
    public void Cancelling_is_told_as_an_exception_too()
    {
        using var source = new CancellationTokenSource();
        var witness = new Witness();
        var cancels = new LambdaCallback(onTrainBatchEnd: (_, _) => source.Cancel());
        TrainingCases.Line().Invoking(m => m.Fit(TrainingCases.Plane(4), new FitOptions { Epochs = 2, Callbacks = [witness, cancels] }, source.Token))
            .Should().Throw<TrainingCanceledException>();
        witness.Seen.Should().ContainSingle().Which.Should().BeOfType<TrainingCanceledException>();
    }

    [Fact]
    public void Stop_after_Interrupt_finishes_the_run()
    {
        TrainingContext? seen = null;
        var both = new LambdaCallback(onTrainBatchEnd: (context, _) =>
        {
            context.Interrupt();
            context.Stop();
            context.Interrupt();
            seen = context;
        });
        TrainingCases.Line().Fit(TrainingCases.Plane(4), new FitOptions { Epochs = 3, Callbacks = [both] }).Epochs.Should().Be(1);
        (seen!.Stopping, seen.Stopped).Should().Be((true, RunStop.ForGood));
    }

    /// <summary>Fails itself, which must not hide what it is told.</summary>
    private sealed class Witness : Callback
    {
        public List<Exception> Seen { get; } = [];

        public int Ends { get; private set; }

        public override void OnTrainEnd(TrainingContext context, Logs logs) => Ends++;

        public override void OnException(TrainingContext context, Exception exception)
        {
            Seen.Add(exception);
            throw new InvalidOperationException();
        }
    }

    private sealed class StopAtOnce : Callback
    {
        public override void OnTrainBegin(TrainingContext context) => context.Stop();
    }

    private sealed class Diary(string prefix = "", List<string>? entries = null) : Callback
    {
        public List<string> Entries { get; } = entries ?? [];

        public override void OnTrainBegin(TrainingContext context) => Write("train begin");

        public override void OnTrainEnd(TrainingContext context, Logs logs) => Write("train end");

        public override void OnEpochBegin(TrainingContext context) => Write($"epoch begin {context.Epoch}");

        public override void OnEpochEnd(TrainingContext context, Logs logs) => Write($"epoch end {context.Epoch}");

        public override void OnTrainBatchBegin(TrainingContext context) => Write($"batch begin {context.Batch}");

        public override void OnTrainBatchEnd(TrainingContext context, Logs logs) => Write($"batch end {context.Batch}");

        public override void OnTestBegin(TrainingContext context) => Write("test begin");

        public override void OnTestEnd(TrainingContext context, Logs logs) => Write("test end");

        private void Write(string entry) => Entries.Add(prefix + entry);
    }
}
