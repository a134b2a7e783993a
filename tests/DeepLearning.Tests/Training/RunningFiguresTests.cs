using DeepLearning.Tests.Metrics;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>The sums of metrics over an epoch: what a log shows of them, what a checkpoint keeps, and what they cost.</summary>
[Collection("Threads")]
public sealed class RunningFiguresTests
{
    private static readonly Dataset Data = CustomMetricTests.Ranks(44, seed: 3);

    private static FitOptions Options => new() { BatchSize = 8, Epochs = 3, Validation = CustomMetricTests.Ranks(20, seed: 4) };

    [Fact]
    public void What_is_gathered_has_its_figure_at_the_end_of_an_epoch_and_NaN_after_the_steps_before()
    {
        List<float> aucs = [], f1s = [];
        float atEnd = 0;
        Sequential model = Model();
        History history = model.Fit(Data, Options with
        {
            Epochs = 1,
            Callbacks = [new Recorder(batch: (_, logs) =>
        {
            aucs.Add(logs["auc"]);
            f1s.Add(logs["f1"]);
        }), new AtEnd(logs => atEnd = logs["auc"])]
        });

        aucs.Should().Equal(Enumerable.Repeat(float.NaN, 6));
        f1s.Should().NotContain(float.NaN).And.EndWith(history["f1"][0]);
        atEnd.Should().Be(history["auc"][0]).And.BeInRange(0f, 1f);
    }

    [Fact]
    public void Each_epoch_counts_its_own_samples()
    {
        // In one batch an epoch, its figures are those of the weights that the epoch before was validated with.
        History history = Model(learningRate: 1).Fit(Data, new FitOptions { BatchSize = 44, Epochs = 5, Shuffle = false, Validation = Data });
        foreach (string name in (string[])["f1", "auc", "accuracy"])
        {
            history[name].Skip(1).Should().Equal(history["val_" + name].SkipLast(1), name);
            history[name].Distinct().Should().HaveCountGreaterThan(2, name);
        }
    }

    [Fact]
    public void Interrupted_within_an_epoch_F1_and_AUC_end_with_the_same_bits()
    {
        IReadOnlyList<int> whole = Bits(Run(null, new Interruption(0)));
        for (int step = 1; step <= 18; step++)
        {
            using var folder = new ScratchFolder();
            var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1, Monitor = "val_auc" };
            FluentActions.Invoking(() => Run(checkpoint, new Interruption(step))).Should().Throw<TimeoutException>();
            (Sequential, History History) resumed = Run(checkpoint, new Interruption(0));
            Bits(resumed).Should().Equal(whole, "interrupted at step {0}", step);
            (resumed.History.ResumedFrom is not null).Should().Be(step > 1);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancelled_after_a_step_or_in_the_validation_they_do_too(bool inValidation)
    {
        IReadOnlyList<int> whole = Bits(Run(null));
        using var folder = new ScratchFolder();
        using var source = new CancellationTokenSource();
        Callback cancelling = inValidation ? new AtTest(source.Cancel) : new Recorder(batch: (c, _) =>
        {
            if (c.Epoch == 1 && c.Batch == 2) source.Cancel();
        });
        FluentActions.Invoking(() => Run(new CheckpointOptions(folder.Path), cancelling, source.Token)).Should().Throw<OperationCanceledException>();
        (Sequential, History History) resumed = Run(new CheckpointOptions(folder.Path));
        resumed.History.ResumedFrom.Should().NotBeNull();
        Bits(resumed).Should().Equal(whole);
    }

    [Theory]
    [InlineData("metric.0.sum.0", "99")]
    [InlineData("metric.0.sum.1", "99")]
    [InlineData("metric.1.sum.2", "")]
    [InlineData("metric.1.rows", "1")]
    [InlineData("metric.2.rows", "15")]
    [InlineData("metric.2.rows", "")]
    [InlineData("metric.2.width", "4")]
    [InlineData("metric.2.gathered", "")]
    [InlineData("losses", "1e300")]
    [InlineData("losses", "NaN")]
    public void Sums_that_no_run_can_have_are_refused(string name, string value)
    {
        using var folder = new ScratchFolder();
        var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1, KeepLast = 1, KeepBest = false };
        // The checkpoint is of the second step of the second epoch.
        FluentActions.Invoking(() => Run(checkpoint, new Interruption(9))).Should().Throw<TimeoutException>();
        string path = folder["checkpoint-00000008.safetensors"], full = $"checkpoint.loop.means.{name}";
        var edit = new CheckpointEdit(path);
        (edit.Texts.ContainsKey(full) || edit.Arrays.ContainsKey(full)).Should().BeTrue("{0} is there", full);
        edit.Texts.Remove(full);
        edit.Arrays.Remove(full);
        if (value.Length > 0) edit.Texts[full] = value;
        edit.WriteTo(path);
        FluentActions.Invoking(() => Run(checkpoint, new Interruption(0))).Should().Throw<ModelFormatException>().WithMessage("*checkpoint.loop*");
    }

    [Fact]
    public void Another_weighting_is_another_run()
    {
        using var folder = new ScratchFolder();
        var options = new FitOptions { Epochs = 1, Checkpoint = new CheckpointOptions(folder.Path) };
        CustomMetricTests.Model().Compile(new Sgd(), new BinaryCrossEntropy(), new Accuracy()).Fit(Data, options);
        CustomMetricTests.Model().Compile(new Sgd(), new BinaryCrossEntropy(), new Accuracy { Weighted = true }).Invoking(m => m.Fit(Data, options))
            .Should().Throw<CheckpointMismatchException>().WithMessage("*Metric accuracy.Weighted*");
    }

    [Fact]
    public void Steps_allocate_nothing_for_sums_nor_after_the_first_epoch_for_rows()
    {
        var meter = new AllocationMeter();
        var weighted = new Dataset(Data.Inputs, Data.Targets, Tensor.Ones([44]));
        Model().Fit(weighted, new FitOptions { Epochs = AllocationMeter.Epochs, BatchSize = 8, Callbacks = [meter] });
        meter.Least.Should().Be(0);
    }

    private static Sequential Model(double learningRate = 0.05)
        => CustomMetricTests.Model().Compile(
            new Sgd(learningRate), new BinaryCrossEntropy(), new Accuracy { Weighted = true }, new CustomF1(), new CustomAuc { Weighted = true });

    private static (Sequential Model, History History) Run(CheckpointOptions? checkpoint, Callback? callback = null, CancellationToken cancellation = default)
    {
        Sequential model = Model();
        return (model, model.Fit(Data, Options with { Checkpoint = checkpoint, Callbacks = callback is null ? [] : [callback] }, cancellation));
    }

    private static IReadOnlyList<int> Bits((Sequential, History) run) => ResumeCase.Bits(run);

    private sealed class AtEnd(Action<Logs> action) : Callback
    {
        public override void OnEpochEnd(TrainingContext context, Logs logs) => action(logs);
    }

    private sealed class AtTest(Action action) : Callback
    {
        public override void OnTestBegin(TrainingContext context) => action();
    }
}
