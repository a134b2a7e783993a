using DeepLearning.Tests.Contracts;
using DeepLearning.Tests.Support;

namespace DeepLearning.Tests.Training;

/// <summary>A run that is interrupted and taken up again ends with the bits of one that was not.</summary>
public sealed class ResumeTests
{
    /// <summary>Everything that has state at once.</summary>
    private static readonly ResumeCase Rich = new()
    {
        Optimizer = () => new Adam(0.01f) { AmsGrad = true, GradientAccumulationSteps = 3, UseEma = true, GlobalClipNorm = 0.5f, WeightDecay = 0.01f },
        Callbacks = () => [new EarlyStopping { Patience = 30, RestoreBestWeights = true }, new RateByStep()],
        Options = ResumeEverywhere.Options(),
    };

    public static TheoryData<int, string> Optimizers() => ContractRows.Of(OptimizerContract.Rows);

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void With_any_optimizer_the_next_step_gives_the_whole_state_of_the_uninterrupted_run(int index, string name)
        => ResumeEverywhere.RequireSteps(ResumeEverywhere.With(OptimizerContract.Rows[index], steps: 40), name, every: 4);

    [Fact]
    public void From_each_of_200_steps_everything_that_has_state_goes_on() => ResumeEverywhere.RequireSteps(Rich, "all state at once", every: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fault56_interrupted_at_any_step_a_run_ends_with_the_same_bits(bool cancelled)
    {
        IReadOnlyList<int> whole = ResumeCase.Bits(Rich.Run(null, new Interruption(0)));
        for (int step = 1; step < ResumeEverywhere.Steps; step += 29)
        {
            using var folder = new ScratchFolder();
            var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 7 };
            using CancellationTokenSource? source = cancelled ? new CancellationTokenSource() : null;
            FluentActions.Invoking(() => Rich.Run(checkpoint, source?.Token ?? default, new Interruption(step, source)))
                .Should().Throw<Exception>().Which.Should().Match(e => cancelled ? e is OperationCanceledException : e is TimeoutException);
            (Sequential, History History) resumed = Rich.Run(checkpoint, new Interruption(0));
            ResumeCase.Bits(resumed).Should().Equal(whole, "interrupted at step {0}", step);
            // Before the seventh step there is nothing to go on from but what cancelling saves.
            (resumed.History.ResumedFrom is not null).Should().Be(cancelled || step >= 5);
        }
    }

    [Fact]
    public void Line13_a_momentum_that_is_0_as_a_float_goes_on_from_its_own_checkpoint()
    {
        Func<Optimizer>[] all = [() => new Sgd(0.1, 1e-50), () => new RmsProp(0.01) { Momentum = 1e-50 }];
        foreach (Func<Optimizer> optimizer in all)
            ResumeEverywhere.RequireSteps(new ResumeCase { Optimizer = optimizer, Options = ResumeEverywhere.Options(10) }, "momentum 1e-50", every: 4);
    }

    public static TheoryData<string, FitOptions, Func<Dataset, BatchSource>> Shapes => new()
    {
        { "a short last batch", new(3, 8) { ValidationSplit = 0.2 }, data => data },
        { "batches that go in evenly", new(3, 12), data => data },
        { "one batch an epoch", new(3, 64), data => data },
        { "single samples in their order", new(3, 1) { ValidationSplit = 0.5, Shuffle = false }, data => data },
        { "a stream of batches", new(3, 8), ResumeCase.Stream },
        { "a custom source, validated on another", new(3, 8) { Validation = new Cut(TrainingCases.Blobs(20)) }, data => new Cut(data) },
        { "read ahead", new(3, 10), data => data.Prefetch(3) },
        { "a stream read ahead", new(3, 8) { Validation = TrainingCases.Blobs(20).Prefetch() }, data => ResumeCase.Stream(data).Prefetch(1) },
        { "a custom source read ahead", new(3, 7), data => new Cut(data).Prefetch() },
        { "samples in any order", new(3, 7) { Validation = SampleSource.Of(TrainingCases.Blobs(20)) }, data => SampleSource.Of(data).Shuffle() },
        { "samples with every random step, read ahead", new(3, 7), data => Augmented(data).Prefetch() },
        { "samples in batches of their own", new(3, 7), data => Augmented(data).Batch(5, dropRemainder: true) },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_way_of_batching_goes_on(string why, FitOptions options, Func<Dataset, BatchSource> source)
    {
        var run = new ResumeCase { Options = options, Source = source };
        IReadOnlyList<int> whole = ResumeCase.Bits(run.Run(null, new Interruption(0)));
        foreach (int step in options.BatchSize < 48 ? (int[])[1, 2, 3, 9] : [1, 2, 3])
        {
            using var folder = new ScratchFolder();
            var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1 };
            run.Invoking(r => r.Run(checkpoint, new Interruption(step))).Should().Throw<TimeoutException>();
            ResumeCase.Bits(run.Run(checkpoint, new Interruption(0))).Should().Equal(whole, "{0}, step {1}", why, step);
        }
    }

    [Fact]
    public void Sources_with_other_settings_are_other_runs()
    {
        using var folder = new ScratchFolder();
        var checkpoint = new CheckpointOptions(folder.Path);
        var run = new ResumeCase { Options = new(2, 8), Source = data => new Cut(data) };
        run.Run(checkpoint);
        Refused(run with { Source = data => new Cut(data.Take(40)) }).Which.Differences.Should().Equal("Source.Rows: 48 in the checkpoint, 40 in this run");
        Refused(run with { Options = new(2, 8) { Shuffle = false } }).Which.Differences.Should().Equal("Shuffle: true in the checkpoint, false in this run");
        Refused(run with { Source = ResumeCase.Stream }).Which.Differences.Should().Contain("Source: Cut in the checkpoint, nothing in this run");
        Refused(run with { Options = new(2, 8) { Validation = new Cut(TrainingCases.Blobs(20)) } }).Which.Differences
            .Should().Contain("Validation.Source.Rows: nothing in the checkpoint, 20 in this run");
        // What reads ahead changes nothing.
        (run with { Source = data => new Cut(data).Prefetch() }).Run(checkpoint).History.Epochs.Should().Be(2);

        FluentAssertions.Specialized.ExceptionAssertions<CheckpointMismatchException> Refused(ResumeCase other)
            => other.Invoking(r => r.Run(checkpoint)).Should().Throw<CheckpointMismatchException>();
    }

    /// <summary>A custom source: rows of a data set, cut when they are asked for, into one batch that is filled again and again.</summary>
    private static SampleSource Augmented(Dataset data) => SampleSource.Of(SampleSource.Of(data).Samples()).Where(s => s.Input[0] > -2).Cache().Shuffle(9).Map((sample, random) =>
    {
        var noise = new float[sample.Input.Count];
        random.FillNormal(noise, 0, 0.1);
        return sample.WithInput(sample.Input + Tensor.From(noise));
    });

    private sealed class Cut(Dataset data) : BatchSource
    {
        public override int? BatchesPerEpoch(int batchSize) => data.Count / batchSize;

        public override IEnumerable<Batch> Epoch(EpochPosition position)
        {
            var order = new int[data.Count];
            position.Random.FillPermutation(order);
            if (!position.Shuffle) Array.Sort(order);
            Tensor x = Tensor.Zeros([position.BatchSize, 4]), y = Tensor.Zeros([position.BatchSize]);
            for (int b = position.Batches; b < BatchesPerEpoch(position.BatchSize); b++)
            {
                Batch rows = data.Batches(position.BatchSize, order.AsMemory(b * position.BatchSize, position.BatchSize)).Single();
                rows.Inputs.AsReadOnlySpan().CopyTo(x.AsSpan());
                rows.Targets.AsReadOnlySpan().CopyTo(y.AsSpan());
                yield return new Batch(x, y);
                x.AsSpan().Fill(float.NaN);
            }
        }

        protected override void DescribeSettings(Settings settings) => settings.Set("Rows", data.Count);
    }

    [Fact]
    public void A_run_killed_again_and_again_gets_there()
    {
        using var folder = new ScratchFolder();
        var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 2, KeepLast = 1 };
        int lives = 1;
        for (long step = 5; ; step += 5, lives++)
        {
            try
            {
                ResumeCase.Bits(Rich.Run(checkpoint, new Interruption(step))).Should().Equal(ResumeCase.Bits(Rich.Run(null, new Interruption(0))));
                break;
            }
            catch (TimeoutException)
            {
            }
        }

        lives.Should().Be(ResumeEverywhere.Steps / 5 + 1);
    }

    [Fact]
    public void Interrupted_in_its_validation_a_run_validates_again()
    {
        using var folder = new ScratchFolder();
        var run = new ResumeCase();
        var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 5 };
        run.Invoking(r => r.Run(checkpoint, new FailingValidation(epoch: 1))).Should().Throw<TimeoutException>();
        ResumeCase.Bits(run.Run(checkpoint, new FailingValidation(epoch: -1))).Should().Equal(ResumeCase.Bits(run.Run(null)));
    }

    [Fact]
    public void Fault56_cancelled_in_its_validation_a_run_goes_on_from_the_end_of_that_epoch_s_training()
    {
        using var folder = new ScratchFolder();
        using var source = new CancellationTokenSource();
        var run = new ResumeCase();
        var checkpoint = new CheckpointOptions(folder.Path);
        run.Invoking(r => r.Run(checkpoint, source.Token, new CancellingValidation(source))).Should().Throw<OperationCanceledException>();
        (Sequential, History History) resumed = run.Run(checkpoint);
        resumed.History.ResumedFrom.Should().Be(folder["checkpoint-00000005.safetensors"]);
        ResumeCase.Bits(resumed).Should().Equal(ResumeCase.Bits(run.Run(null)));
    }

    private sealed class CancellingValidation(CancellationTokenSource source) : Callback
    {
        public override void OnTestBegin(TrainingContext context) => source.Cancel();
    }

    [Fact]
    public void A_stop_that_a_callback_asked_for_in_the_middle_of_an_epoch_is_not_forgotten()
    {
        using var folder = new ScratchFolder();
        var run = new ResumeCase();
        var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1 };
        run.Invoking(r => r.Run(checkpoint, new FailingValidation(epoch: 1, stopsAt: 3))).Should().Throw<TimeoutException>();
        (Sequential, History History) resumed = run.Run(checkpoint, new FailingValidation(epoch: -1, stopsAt: -1));
        ResumeCase.Bits(resumed).Should().Equal(ResumeCase.Bits(run.Run(null, new FailingValidation(epoch: -1, stopsAt: 3))));
        resumed.History.Epochs.Should().Be(2);
    }

    [Fact]
    public void A_diverged_run_that_was_taken_up_puts_back_the_weights_of_its_epoch_s_beginning()
    {
        using var folder = new ScratchFolder();
        var run = new ResumeCase { Options = new() { BatchSize = 8, Epochs = 4 } };
        int[]? beginning = null;
        run.Invoking(r => r.Run(new CheckpointOptions(folder.Path) { EverySteps = 1 }, new Recorder(batch: (c, _) =>
        {
            if (c.Epoch == 1 && c.Batch == 2) throw new TimeoutException();
        }, epoch: c => beginning = c.Model.Bits()))).Should().Throw<TimeoutException>();
        Model? model = null;
        run.Invoking(r => r.Run(new CheckpointOptions(folder.Path), new Recorder(batch: (c, _) =>
        {
            model = c.Model;
            c.Model.Parameters[0].Value.AsSpan().Fill(float.MaxValue);
        }))).Should().Throw<TrainingDivergedException>();
        model!.Bits().Should().Equal(beginning);
    }
}
