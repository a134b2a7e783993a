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

    public static TheoryData<string, int, double, bool, bool> Shapes => new()
    {
        { "a short last batch", 8, 0.2, true, false },
        { "batches that go in evenly", 12, 0, true, false },
        { "one batch an epoch", 64, 0, true, false },
        { "single samples in their order", 1, 0.5, false, false },
        { "a stream of batches", 8, 0, false, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_way_of_batching_goes_on(string why, int batchSize, double split, bool shuffle, bool stream)
    {
        var run = new ResumeCase { Options = new() { BatchSize = batchSize, Epochs = 3, ValidationSplit = split, Shuffle = shuffle }, AsStream = stream };
        IReadOnlyList<int> whole = ResumeCase.Bits(run.Run(null, new Interruption(0)));
        foreach (int step in (int[])[1, 2, 3])
        {
            using var folder = new ScratchFolder();
            var checkpoint = new CheckpointOptions(folder.Path) { EverySteps = 1 };
            run.Invoking(r => r.Run(checkpoint, new Interruption(step))).Should().Throw<TimeoutException>();
            ResumeCase.Bits(run.Run(checkpoint, new Interruption(0))).Should().Equal(whole, "{0}, step {1}", why, step);
        }
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
