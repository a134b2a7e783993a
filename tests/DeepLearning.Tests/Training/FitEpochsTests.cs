using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

public sealed class FitEpochsTests
{
    private static readonly Dataset Data = TrainingCases.Blobs(50);

    [Fact]
    public async Task Its_epochs_are_those_of_Fit_and_so_are_the_weights()
    {
        Sequential here = TrainingCases.Classifier(), there = TrainingCases.Classifier();
        History history = here.Fit(Data, Options(3));
        var epochs = new List<EpochProgress>();
        await foreach (EpochProgress epoch in there.FitEpochsAsync(Data, Options(3))) epochs.Add(epoch);
        epochs.Select(e => (e.Epoch, e.Epochs)).Should().Equal((0, 3), (1, 3), (2, 3));
        epochs.Select(e => e["val_loss"]).Should().Equal(history["val_loss"]);
        there.Bits().Should().Equal(here.Bits());
    }

    [Fact]
    public async Task Leaving_the_loop_ends_the_run_in_good_order_and_the_model_trains_on()
    {
        Sequential shorter = TrainingCases.Classifier(), left = TrainingCases.Classifier();
        shorter.Fit(Data, Options(2));
        int ends = 0;
        var end = new LambdaCallback(onTrainEnd: (_, _) => ends++);
        await foreach (EpochProgress epoch in left.FitEpochsAsync(Data, Options(9) with { Callbacks = [end] }))
            if (epoch.Epoch == 1) break;
        ends.Should().Be(1);
        left.Bits().Should().Equal(shorter.Bits());
        left.Fit(Data, Options(1));
        shorter.Fit(Data, Options(1));
        left.Bits().Should().Equal(shorter.Bits());
    }

    [Fact]
    public async Task After_leaving_the_loop_a_run_with_checkpoints_goes_on_with_the_same_bits()
    {
        using var folder = new ScratchFolder();
        Sequential whole = TrainingCases.Classifier(), second = TrainingCases.Classifier();
        whole.Fit(Data, Options(4));
        FitOptions saved = Options(4) with { Checkpoint = new CheckpointOptions(folder.Path) };
        await foreach (EpochProgress _ in TrainingCases.Classifier().FitEpochsAsync(Data, saved)) break;
        var epochs = new List<int>();
        await foreach (EpochProgress epoch in second.FitEpochsAsync(Data, saved)) epochs.Add(epoch.Epoch);
        epochs.Should().Equal(1, 2, 3);
        second.Bits().Should().Equal(whole.Bits());
    }

    [Fact]
    public async Task The_body_may_evaluate_save_and_copy_the_model()
    {
        using var folder = new ScratchFolder();
        Sequential model = TrainingCases.Classifier();
        await foreach (EpochProgress epoch in model.FitEpochsAsync(Data, Options(2)))
        {
            model.Save(folder["model.safetensors"]);
            Sequential.Load(folder["model.safetensors"]).Bits().Should().Equal(model.Bits()).And.Equal(model.Clone().Bits());
            model.Evaluate(Data.Skip(40), batchSize: 8).Loss.Should().Be(epoch["val_loss"]);
        }
    }

    [Fact]
    public async Task The_body_sees_averaged_weights_and_training_goes_on_from_the_trained_ones()
    {
        Sequential watched = Averaged(), alone = Averaged();
        History history = alone.Fit(Data, Options(3));
        await foreach (EpochProgress epoch in watched.FitEpochsAsync(Data, Options(3)))
            watched.Evaluate(Data.Skip(40), batchSize: 8).Loss.Should().Be(epoch["val_loss"]).And.Be(history["val_loss"][epoch.Epoch]);
        watched.Bits().Should().Equal(alone.Bits());

        static Sequential Averaged() => Sequential.Input(4).Dense(3).Softmax().Build(seed: 1)
            .Compile(new Adam(0.01) { UseEma = true, EmaMomentum = 0.8 }, new SparseCategoricalCrossEntropy());
    }

    [Fact]
    public async Task Training_or_compiling_in_the_body_is_refused()
    {
        Sequential model = TrainingCases.Classifier();
        Func<Task> train = async () =>
        {
            await foreach (EpochProgress _ in model.FitEpochsAsync(Data, Options(2))) model.TrainOnBatch(Data.Inputs, Data.Targets);
        };
        await train.Should().ThrowAsync<InvalidOperationException>().WithMessage("*leave the loop*");
        Func<Task> compile = async () =>
        {
            await foreach (EpochProgress _ in model.FitEpochsAsync(Data, Options(2))) model.Compile(new Sgd(), new SparseCategoricalCrossEntropy());
        };
        await compile.Should().ThrowAsync<InvalidOperationException>().WithMessage("*leave the loop*");
        model.Fit(Data, Options(1)).Epochs.Should().Be(1);
    }

    [Fact]
    public async Task Exceptions_of_the_body_and_of_the_run_come_out_of_the_loop()
    {
        Sequential model = TrainingCases.Classifier();
        Func<Task> body = async () =>
        {
            await foreach (EpochProgress _ in model.FitEpochsAsync(Data, Options(2))) throw new TimeoutException();
        };
        await body.Should().ThrowAsync<TimeoutException>();
        Func<Task> run = async () =>
        {
            FitOptions options = Options(2) with { Callbacks = [new LambdaCallback((_, _) => throw new TimeoutException("in a callback"))] };
            await foreach (EpochProgress _ in model.FitEpochsAsync(Data, options)) { }
        };
        await run.Should().ThrowAsync<TimeoutException>().WithMessage("in a callback");
        model.Fit(Data, Options(1)).Epochs.Should().Be(1);
    }

    [Fact]
    public async Task Cancelling_throws_in_the_loop_with_the_history_so_far()
    {
        using var source = new CancellationTokenSource();
        Sequential model = TrainingCases.Classifier();
        int epochs = 0;
        Func<Task> run = async () =>
        {
            await foreach (EpochProgress epoch in model.FitEpochsAsync(Data, Options(5)).WithCancellation(source.Token))
                if (++epochs == 2) await source.CancelAsync();
        };
        (await run.Should().ThrowAsync<TrainingCanceledException>()).Which.History.Epochs.Should().Be(2);
        epochs.Should().Be(2);
        model.Invoking(m => m.FitEpochsAsync(null!)).Should().Throw<ArgumentNullException>();
        Func<Task> before = async () =>
        {
            await foreach (EpochProgress _ in model.FitEpochsAsync(Data, cancellationToken: source.Token)) epochs++;
        };
        await before.Should().ThrowAsync<OperationCanceledException>();
        epochs.Should().Be(2);
    }

    [Fact]
    public void TestOnBatch_gives_the_figures_of_one_batch_and_changes_nothing()
    {
        Sequential model = TrainingCases.Classifier();
        int[] before = model.Bits();
        Evaluation all = model.Evaluate(Data, batchSize: 50);
        foreach (Evaluation test in new[] { model.TestOnBatch(Data.Inputs, Data.Targets), model.TestOnBatch(Data.Batches(50).Single()) })
            test.Should().BeEquivalentTo(new { all.Loss, all.Names }).And.Match<Evaluation>(e => e["accuracy"] == all["accuracy"]);
        int[] labels = [.. Data.Targets.ToArray().Select(v => (int)v)];
        Tensor weights = Tensor.From([.. Enumerable.Range(0, 50).Select(i => i < 10 ? 1f : 0f)], [50]);
        model.TestOnBatch(Data.Inputs, labels, weights).Loss.Should().BeApproximately(model.Evaluate(Data.Take(10)).Loss / 5, 1e-6f, "a sum over 50 samples");
        model.Bits().Should().Equal(before);
        model.Invoking(m => m.TestOnBatch(Tensor.Zeros([2, 5]), Data.Targets)).Should().Throw<ArgumentException>();
    }

    private static FitOptions Options(int epochs) => new() { Epochs = epochs, BatchSize = 8, ValidationSplit = 0.2 };
}
